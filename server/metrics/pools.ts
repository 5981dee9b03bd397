import { Gauge } from "prom-client";
import type { PoolCounts } from "#db/client.ts";
import { registry } from "#server/metrics/registry.ts";

const pools = new Map<string, () => PoolCounts>();

new Gauge({
  name: "relance_pool_connections",
  help: "Connexions à PostgreSQL de ce processus par état : used, idle, waiting (demandes qui attendent), max",
  labelNames: ["pool", "state"],
  registers: [registry],
  collect() {
    this.reset();
    for (const [pool, count] of pools) {
      for (const [state, value] of Object.entries(count())) this.set({ pool, state }, value);
    }
  },
});

/** Shows a pool under a name until the function given back is called. */
export function watchPool(name: string, count: () => PoolCounts): () => void {
  pools.set(name, count);
  return () => {
    if (pools.get(name) === count) pools.delete(name);
  };
}
