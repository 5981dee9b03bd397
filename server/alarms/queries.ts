import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { isSchemaCurrent } from "#db/schema-version.ts";
import type { Alarm } from "#server/alarms/views.ts";
import { type Backlog, backlog } from "#server/messages/due-work.ts";

/** Longer than the engine takes to mend by itself whatever it can: what lasts needs somebody. */
const alarmSeconds = 30;

const countedEvents = 100;

/** What the alarms are drawn from, and the metrics show. */
export type InstallationState = {
  schemaCurrent: boolean;
  /** seconds since any worker, also one that stopped since, last wrote its heartbeat; null: none ever ran */
  heartbeatAge: number | null;
  backlog: Backlog;
  /** accepted events not applied; a hundred at most */
  unapplied: number;
  /** seconds since the oldest of them came */
  unappliedAge: number | null;
  pausedReasons: string[];
};

type Row = {
  heartbeat_age: number | null;
  unapplied: number;
  unapplied_age: number | null;
  paused: string[];
};

/** The state of workers, queue, schema, webhooks and senders. It asks for nothing that came with a late migration. */
export async function installationState(db: Executor): Promise<InstallationState> {
  const schemaCurrent = await isSchemaCurrent(db);
  const [row] = await queryRows<Row>(
    db,
    sql`
    select (select extract(epoch from clock_timestamp() - max(heartbeat_at))::float8 from workers) as heartbeat_age,
      e.count as unapplied, e.age as unapplied_age,
      array(select distinct pause_reason from senders
        where pause_reason is not null and (paused_until is null or paused_until > now()) order by 1) as paused
    from (select count(*)::int as count, extract(epoch from now() - min(received_at))::float8 as age
      from (select received_at from webhook_events where applied_at is null and verdict = 'accepted'
        order by id limit ${countedEvents}::int) w) e`,
  );
  return {
    schemaCurrent,
    heartbeatAge: row?.heartbeat_age ?? null,
    backlog: await backlog(db),
    unapplied: row?.unapplied ?? 0,
    unappliedAge: row?.unapplied_age ?? null,
    pausedReasons: row?.paused ?? [],
  };
}

/** What is red now, the cause before its consequences. */
export async function currentAlarms(db: Executor): Promise<Alarm[]> {
  return alarmsOf(await installationState(db));
}

/** What of a state is red. */
export function alarmsOf(state: InstallationState): Alarm[] {
  const { heartbeatAge, backlog: waiting, unapplied, unappliedAge } = state;
  const isLate = (seconds: number | null): seconds is number => seconds !== null && seconds > alarmSeconds;
  return [
    ...(state.schemaCurrent ? [] : [{ kind: "schema_behind" as const }]),
    ...(heartbeatAge === null || isLate(heartbeatAge)
      ? [{ kind: "worker_silent" as const, seconds: heartbeatAge === null ? null : Math.round(heartbeatAge) }]
      : []),
    ...(isLate(waiting.stalled)
      ? [{ kind: "work_waiting" as const, seconds: Math.round(waiting.stalled) }]
      : []),
    ...(isLate(unappliedAge)
      ? [{ kind: "events_unapplied" as const, count: unapplied, seconds: Math.round(unappliedAge) }]
      : []),
    ...state.pausedReasons.map((reason) => ({ kind: "sender_paused" as const, reason })),
  ];
}
