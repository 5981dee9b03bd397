import { Counter, Histogram } from "prom-client";
import { registry } from "#server/metrics/registry.ts";

// the development server loads this file anew when it changes
for (const name of ["relance_webhooks_total", "relance_webhook_seconds"]) registry.removeSingleMetric(name);

const hits = new Counter({
  name: "relance_webhooks_total",
  help: "Appels du webhook par verdict : accepted, refused, not_stored",
  labelNames: ["verdict"],
  registers: [registry],
});

const duration = new Histogram({
  name: "relance_webhook_seconds",
  help: "Temps de réponse du webhook, Twilio abandonnant au bout de 15 s",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  registers: [registry],
});

const verdicts = { 200: "accepted", 403: "refused", 503: "not_stored" } as const;

/** Counts what `handle` answers, and how long that took. */
export async function countWebhook<Answer extends { status: 200 | 403 | 503 }>(
  handle: () => Promise<Answer>,
): Promise<Answer> {
  const over = duration.startTimer();
  const answer = await handle();
  over();
  hits.inc({ verdict: verdicts[answer.status] });
  return answer;
}
