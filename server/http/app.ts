// The Express application around Remix. No body parser anywhere: Remix and the webhooks read the bytes themselves.
import { setTimeout as sleep } from "node:timers/promises";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { accessLog } from "#server/http/access-log.ts";
import { healthRoutes } from "#server/http/health.ts";
import type { LoadContext } from "#server/http/load-context.ts";
import { metricsRoute } from "#server/http/metrics.ts";
import type { Pages } from "#server/http/pages.ts";
import { bodySizes, knownMethods, knownPaths, sameOrigin, webhookRate } from "#server/http/request-guards.ts";
import { cspNonce, nonceOf, securityHeaders } from "#server/http/security-headers.ts";
import type { Log } from "#server/log.ts";
import type { Services } from "#server/services.ts";

const drainMs = 20;

/** Puts the pages behind what every request goes through. */
export function createApp({ services, pages }: { services: Services; pages: Pages }): Express {
  const { db, env, log, rates } = services;
  const app = express();
  app.disable("x-powered-by");
  // the proxies that tell the client's address and our own name; nobody else is believed
  app.set("trust proxy", env.trustedProxies);
  app.use(accessLog(log), cspNonce, securityHeaders({ dev: pages.dev, https: env.secureCookies }));
  app.use(knownMethods, knownPaths, webhookRate(rates), bodySizes, sameOrigin(env.webhookBaseUrl));
  app.use(healthRoutes(db), metricsRoute({ token: env.metricsToken, db }));
  app.use(compression({ filter: isNoEventStream }));
  app.use(pages.assets);
  app.all(
    "*",
    pages.handler((req, res) => loadContext(services, req, res)),
  );
  app.use(lastResort(log));
  return app;
}

function loadContext(services: Services, req: Request, res: Response): LoadContext {
  return {
    services,
    rawUrl: req.originalUrl,
    ip: req.ip ?? "",
    requestId: String(res.locals.requestId),
    drained: () => drained(res),
    cspNonce: nonceOf(res),
  };
}

/** Asked again and again: compression puts events of its own in the place of the response's. */
async function drained(res: Response): Promise<boolean> {
  while (res.writableNeedDrain && !res.destroyed) await sleep(drainMs);
  return !res.destroyed;
}

/** Compression would hold the events back. */
function isNoEventStream(req: Request, res: Response): boolean {
  if (String(res.getHeader("Content-Type")).startsWith("text/event-stream")) return false;
  return compression.filter(req, res);
}

/** What even Remix did not answer. The browser learns the status alone. */
function lastResort(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    // a path that cannot be decoded is a URIError
    const isBadRequest =
      (error as { code?: unknown }).code === "ERR_INVALID_URL" || error instanceof URIError;
    if (!isBadRequest) log.error({ err: error, method: req.method, path: req.path }, "request failed");
    if (res.headersSent) return void res.destroy();
    res.status(isBadRequest ? 400 : 500).type("text/plain");
    res.end(isBadRequest ? "Bad Request" : "Internal Server Error");
  };
}
