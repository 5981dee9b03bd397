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

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "worker did not stop cleanly");
        process.exit(1);
      },
    );
  });
}
