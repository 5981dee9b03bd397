// What is refused before anything looks at it.
import type { Request, RequestHandler } from "express";
import { addressKey } from "#server/address-key.ts";
import type { RequestRates } from "#server/http/request-rates.ts";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);
const webhooks = /^\/api\/webhooks\//;
/** Or an address, in brackets where it is one of IPv6. */
const hostName = /^([\w.-]+|\[[\da-f:.]+\])$/i;
const bodyLimit = 2 * 1024 * 1024;
/** The page that takes a CSV file, as a page and as Remix asks it from a browser. */
const uploads = /^\/contacts\/importer(\.data)?$/;

/** Methods that `Request` does not know would end as a 500. */
export const knownMethods: RequestHandler = (req, res, next) => {
  if (methods.has(req.method)) next();
  else res.status(405).end();
};

/**
 * An address the routes could not read would end as a 500 too. They put host and path together: a host with a path in it
 * would lead elsewhere than the rules below have looked.
 */
export const knownPaths: RequestHandler = (req, res, next) => {
  const isHost = req.hostname === undefined || hostName.test(req.hostname);
  if (isHost && req.originalUrl.startsWith("/") && routePath(req) !== null) next();
  else res.status(400).type("text/plain").end("Bad Request");
};

/**
 * Bodies over 2 MiB, or of untold length, are refused: loaders and actions read them whole. Webhooks and the upload of a
 * file count for themselves while they read.
 */
export const bodySizes: RequestHandler = (req, res, next) => {
  if (isWebhook(req) || (req.method === "POST" && uploads.test(routePath(req) ?? ""))) return next();
  if (Number(req.get("content-length") ?? 0) > bodyLimit) {
    res.status(413).set("Connection", "close").end();
  } else if (req.get("transfer-encoding")) {
    res.status(411).set("Connection", "close").end();
  } else {
    next();
  }
};

/** What a person may see who came with an old page, or by an address that is not ours. */
const notOurs =
  "Demande refusée : elle ne vient pas d’une page de Relance. Ouvrez Relance à son adresse habituelle, puis recommencez.";

/**
 * Another site's page must not act with our user's cookie. A browser says whether what it posts comes from a page of ours,
 * or at least names the origin; who brings a cookie without either is none we know. Scripts and Twilio bring none. The procedures
 * ask for a header besides, which no other site's page may send (app/routes/api.trpc.$.ts).
 */
export function sameOrigin(publicBaseUrl: string): RequestHandler {
  const publicHost = new URL(publicBaseUrl).host;
  return (req, res, next) => {
    if (safeMethods.has(req.method) || isWebhook(req) || isOurs(req, publicHost)) next();
    else res.status(403).type("text/plain").end(notOurs);
  };
}

function isOurs(req: Request, publicHost: string): boolean {
  // browsers tell it over https and on this machine, and no page can
  const site = req.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = req.get("origin");
  if (origin !== undefined) {
    const host = URL.canParse(origin) ? new URL(origin).host : null;
    return host !== null && [publicHost, ...hostsOf(req)].includes(host);
  }
  return req.get("cookie") === undefined || req.get("x-relance-client") !== undefined;
}

/** As the connection names the server, and as a proxy that is believed says it was named. */
function hostsOf(req: Request): (string | undefined)[] {
  const believes: (address: string, hop: number) => boolean = req.app.get("trust proxy fn");
  const isBelieved = believes(req.socket.remoteAddress ?? "", 0);
  return [req.get("host"), isBelieved ? req.get("x-forwarded-host")?.split(",")[0]?.trim() : undefined];
}

/** Far more than Twilio ever sends, and less than would keep everybody else waiting. */
export function webhookRate({ webhooks: rate }: Pick<RequestRates, "webhooks">): RequestHandler {
  return (req, res, next) => {
    const wait = isWebhook(req) ? rate(addressKey(req.ip ?? "")) : 0;
    if (wait === 0) next();
    else
      res
        .status(429)
        .set({ "Retry-After": String(wait), Connection: "close" })
        .end();
  };
}

function isWebhook(req: Request): boolean {
  return webhooks.test(routePath(req) ?? "");
}

/**
 * The path as the routes read it, or null when they cannot: `/x/../api`, `/%61pi` and `/API` lead to the same place, and
 * so must fall under the same rules.
 */
function routePath({ originalUrl }: Request): string | null {
  const address = `http://relance.invalid${originalUrl}`;
  if (!URL.canParse(address)) return null;
  try {
    return decodeURIComponent(new URL(address).pathname).toLowerCase();
  } catch {
    return null;
  }
}
