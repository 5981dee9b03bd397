// The entry point of `npm run worker`.

import { setTimeout as sleep } from "node:timers/promises";
import { isConnectionFailure } from "#db/errors.ts";
import { startWorker, type Worker } from "#jobs/worker.ts";
import { loadEnvOrExit } from "#server/env.ts";
import { createLog } from "#server/log.ts";

const waitMs = 2_000;
/** Supervisors kill after 20 s. What is left undone then, the other workers find. */
const stopWithinMs = 18_000;

const env = loadEnvOrExit({ for: "worker" });
const log = createLog({ process: "worker", production: env.production });

let worker: Worker | null = null;
let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    // still waiting for its database: it has nothing to finish
    if (!worker) process.exit(0);
    setTimeout(() => {
      log.error({ afterMs: stopWithinMs }, "worker gives up stopping cleanly");
      process.exit(1);
    }, stopWithinMs);
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "worker did not stop cleanly");
        process.exit(1);
      },
    );
  });
}

worker = await startWhenReachable().catch((error: unknown) => {
  log.fatal({ err: error }, "worker could not start: is the database migrated (npm run db:migrate)?");
  process.exit(1);
});

/** As the web server does, the worker waits for a database that is away; any other failure ends it. */
async function startWhenReachable(): Promise<Worker> {
  for (;;) {
    try {
      return await startWorker(env, log);
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      log.warn({ err: error }, "worker waits for the database");
      await sleep(waitMs);
    }
  }
}
