import { Counter } from "prom-client";
import { registry } from "#server/metrics/registry.ts";
import type { TaskName } from "#server/queue/catalogue.ts";

const runs = new Counter({
  name: "relance_jobs_total",
  help: "Tâches du worker par nom et issue (done, failed)",
  labelNames: ["task", "outcome"],
  registers: [registry],
});

/** Counts a run of a job; it is tried again when it failed. */
export function countJob(task: TaskName, outcome: "done" | "failed"): void {
  runs.inc({ task, outcome });
}
