import { Histogram } from "prom-client";
import { registry } from "#server/metrics/registry.ts";

const requests = new Histogram({
  name: "relance_http_request_seconds",
  help: "Requêtes HTTP par méthode et classe de statut (2xx, 3xx, 4xx, 5xx, aborted)",
  labelNames: ["method", "status"],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

/** Methods anybody may invent would each be a series of their own. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Counts a request that is over; `status` is null when the client left before its answer. */
export function countRequest(method: string, status: number | null, seconds: number): void {
  const known = methods.has(method) ? method : "other";
  requests.observe(
    { method: known, status: status === null ? "aborted" : `${Math.floor(status / 100)}xx` },
    seconds,
  );
}
