// The entry point of `npm run worker`.

import { startWorker } from "#jobs/worker.ts";
import { loadEnvOrExit } from "#server/env.ts";
import { createLog } from "#server/log.ts";

const env = loadEnvOrExit({ for: "worker" });
const log = createLog({ process: "worker", production: env.production });

const worker = await startWorker(env, log).catch((error: unknown) => {
  log.fatal(
    { err: error },
    "worker could not start: is the database reachable and migrated (npm run db:migrate)?",
  );
  process.exit(1);
});

/** Supervisors kill after 20 s. What is left undone then, the other workers find. */
const stopWithinMs = 18_000;

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
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
