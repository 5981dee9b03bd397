// What lives as long as a web process: made once in its main, handed to every request.
import type { Database } from "#db/client.ts";
import type { Env } from "#server/env.ts";
import type { LiveHub } from "#server/http/live.ts";
import type { RequestRates } from "#server/http/request-rates.ts";
import type { Log } from "#server/log.ts";

export type Services = { db: Database; env: Env; log: Log; live: LiveHub; rates: RequestRates };
