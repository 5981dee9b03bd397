// The web server, from its connections to its orderly end.
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Express } from "express";
import { connect, type Database } from "#db/client.ts";
import { isLoopback } from "#server/address-key.ts";
import type { Env } from "#server/env.ts";
import { createApp } from "#server/http/app.ts";
import { closable } from "#server/http/close-server.ts";
import { createLimitedServer, limitPerAddress } from "#server/http/connection-limits.ts";
import { createLiveHub } from "#server/http/live.ts";
import { builtPages, developmentPages, type Pages } from "#server/http/pages.ts";
import { createRequestRates } from "#server/http/request-rates.ts";
import type { Log } from "#server/log.ts";
import { watchPool } from "#server/metrics/pools.ts";
import { watchProcess } from "#server/metrics/registry.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";

export type WebServer = { url: string; close: () => Promise<void> };

type WebOptions = {
  env: Env;
  log: Log;
  /** compile on request instead of serving the build */
  dev?: boolean;
  /** other pages than the built ones, for tests */
  pages?: Pages;
};

/**
 * Listens on the configured port (0: any). Starts without a database too: pages and webhooks then answer 503 until it is
 * there. `close` lets running requests end, for ten seconds at most, and event streams at once.
 */
export async function startWeb({ env, log, dev = false, pages }: WebOptions): Promise<WebServer> {
  const server = createLimitedServer();
  const served = pages ?? (await (dev ? developmentPages(server) : builtPages()));
  const { db, close, counts } = connect(env.databaseUrl, {
    applicationName: "relance-web",
    onLost: (error) => log.warn({ reason: error.message }, "database connection lost"),
  });
  watchProcess();
  const unwatchPool = watchPool("web", counts);
  const live = createLiveHub({ databaseDirectUrl: env.databaseDirectUrl, log });
  const closeServer = closable(server, { endStreams: () => Promise.all([live.close(), served.close()]) });
  const stopping = new AbortController();
  const prepared = prepare(db, { env, log, signal: stopping.signal });
  const end = async () => {
    stopping.abort();
    await closeServer();
    await prepared;
    unwatchPool();
    await close();
  };
  const rates = createRequestRates(env);
  const app = createApp({ services: { db, env, log, live, rates }, pages: served });
  limitPerAddress(server, { isProxy: proxiesOf(app) });
  server.on("request", app);
  try {
    const { port } = await listening(server, env.port);
    const url = `http://127.0.0.1:${port}`;
    log.info({ url }, "web server listens");
    return { url, close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Those the application believes, and this machine. */
function proxiesOf(app: Express): (address: string) => boolean {
  const isTrusted: (address: string, hop: number) => boolean = app.get("trust proxy fn");
  return (address) => isLoopback(address) || isTrusted(address, 0);
}

async function listening(server: Server, port: number): Promise<AddressInfo> {
  server.listen(port);
  await once(server, "listening");
  return server.address() as AddressInfo;
}

/** What must be in the database before the first campaign; tried again until there is a database to put it into. */
async function prepare(
  db: Database,
  { env, log, signal }: { env: Env; log: Log; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      return await ensureTemplates(db, env);
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, "templates wait for a migrated database");
      await sleep(5000, undefined, { signal }).catch(() => {});
    }
  }
}
