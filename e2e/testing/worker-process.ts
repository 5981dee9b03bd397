// A real worker as a process of its own, with the short timings of a test. The environment says the rest.

import { startWorker, type WorkerTimings } from "#jobs/worker.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";

const timings = JSON.parse(process.env.TEST_WORKER_TIMINGS ?? "{}") as WorkerTimings;
const worker = await startWorker(
  readEnv(process.env, { for: "worker" }),
  createLog({ process: "worker", production: true, level: process.env.TEST_LOG_LEVEL ?? "fatal" }),
  timings,
);
process.send?.({ started: worker.id });
// Whoever started it is gone: nobody would end it.
process.on("disconnect", () => process.exit(1));
process.on("SIGTERM", () => {
  worker.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
