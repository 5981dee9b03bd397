// What the database knows, told at a scrape. Of the web server alone: every process would say the same.
import { Gauge, Registry } from "prom-client";
import type { Database } from "#db/client.ts";
import { alarmsOf, type InstallationState, installationState } from "#server/alarms/queries.ts";
import { alarmKinds } from "#server/alarms/views.ts";
import { withPatience } from "#server/patience.ts";

/** In Prometheus' text format; a database that does not answer is a metric too, and then the only one. */
export async function installationMetrics(db: Database, patienceMs: number): Promise<string> {
  const registry = new Registry();
  const gauge = gaugeIn(registry);
  const state = await withPatience(installationState(db), patienceMs).catch(() => null);
  gauge("relance_database_up", "1 si la base répond, 0 sinon", state ? 1 : 0);
  if (state) showState(registry, state);
  return registry.metrics();
}

function showState(registry: Registry, state: InstallationState): void {
  const gauge = gaugeIn(registry);
  gauge(
    "relance_schema_current",
    "1 si toutes les migrations sont passées, 0 sinon",
    state.schemaCurrent ? 1 : 0,
  );
  gauge(
    "relance_worker_heartbeat_age_seconds",
    "Secondes depuis le dernier signe de vie d'un worker ; absent si aucun n'a jamais tourné",
    state.heartbeatAge,
  );
  gauge(
    "relance_queue_age_seconds",
    "Secondes depuis lesquelles le plus ancien message dû attend ; 0 si aucun n'attend",
    state.backlog.age ?? 0,
  );
  gauge(
    "relance_queue_stalled_seconds",
    "Secondes depuis lesquelles un créneau est libre pour un message dû sans être accordé",
    Math.max(0, state.backlog.stalled ?? 0),
  );
  gauge(
    "relance_webhook_events_unapplied",
    "Appels acceptés du webhook qui attendent d'être appliqués, 100 au plus",
    state.unapplied,
  );
  gauge(
    "relance_webhook_events_unapplied_age_seconds",
    "Secondes depuis l'arrivée du plus ancien d'entre eux",
    state.unappliedAge ?? 0,
  );
  const red = new Set(alarmsOf(state).map(({ kind }) => kind));
  const alarms = new Gauge({
    name: "relance_alarm",
    help: "1 pour une alarme levée, comme dans le tableau de bord",
    labelNames: ["alarm"],
    registers: [registry],
  });
  for (const kind of alarmKinds) alarms.set({ alarm: kind }, red.has(kind) ? 1 : 0);
}

function gaugeIn(registry: Registry) {
  return (name: string, help: string, value: number | null): void => {
    if (value !== null) new Gauge({ name, help, registers: [registry] }).set(value);
  };
}
