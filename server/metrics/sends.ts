import { Counter, Histogram } from "prom-client";
import type { AttemptResult } from "#server/messages/settle-attempt.ts";
import { registry } from "#server/metrics/registry.ts";

const sends = new Counter({
  name: "relance_sends_total",
  help: "Demandes d'envoi à Twilio par issue (accepted, refused, unreachable, unknown, givenBack) et code d'erreur",
  labelNames: ["outcome", "code"],
  registers: [registry],
});

const lateness = new Histogram({
  name: "relance_slot_lateness_seconds",
  help: "Retard de la demande à Twilio sur son créneau",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

/** Counts one attempt; a request is `lateSeconds` behind its slot. */
export function countSend(result: AttemptResult, lateSeconds: number): void {
  const code = result.kind === "refused" ? String(result.code ?? `http_${result.httpStatus}`) : "";
  sends.inc({ outcome: result.kind, code });
  if (result.kind !== "givenBack") lateness.observe(Math.max(0, lateSeconds));
}
