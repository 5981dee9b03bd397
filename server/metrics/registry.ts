// What a process counts about itself, for Prometheus. One registry per process, as prom-client means it: what is counted
// deep inside a send or a webhook needs no way there. What the database knows is asked when somebody scrapes
// (installation.ts), since every process would count it alike.
import { collectDefaultMetrics, register } from "prom-client";

/** prom-client's own: the built pages hold our modules a second time, and a registry of ours would be two. */
export const registry = register;

/** Memory, processor, garbage collection and event loop lag (`nodejs_eventloop_lag_*`), each under prom-client's name. */
export function watchProcess(): void {
  if (registry.getSingleMetric("nodejs_eventloop_lag_seconds")) return;
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
}
