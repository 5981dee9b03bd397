// What no hint may be trusted with (engine.md 5): every worker asks the database every two seconds what is due.
import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { completeCampaigns } from "#server/campaigns/complete-campaigns.ts";
import type { LaunchInput } from "#server/campaigns/launch-campaign.ts";
import { startScheduled } from "#server/campaigns/start-scheduled.ts";
import type { Env } from "#server/env.ts";
import { failStuckImports } from "#server/imports/fail-stuck-imports.ts";
import { isImportToForget } from "#server/imports/forget-imports.ts";
import { sendersWithDueWork } from "#server/messages/due-work.ts";
import { loseDeadClaims } from "#server/messages/lose-dead-claims.ts";
import { retentionTurn } from "#server/privacy/retention-turn.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { isTurnDue } from "#server/queue/turns.ts";
import { isActivityBehind } from "#server/stats/roll-up-activity.ts";
import { purgeTurn } from "#server/webhooks/purge-hits.ts";
import { releaseDeadWorkers } from "#server/workers/release-dead-workers.ts";

export type SweepSettings = {
  db: Database;
  env: Pick<Env, "retryDelaysSeconds" | "twilioTimeoutMs"> & LaunchInput["env"];
  /** a worker silent for this long is dead */
  deadAfterMs: number;
};

/** How often Twilio is asked for inbound messages whose webhook never came. */
export const inboundEverySeconds = 300;

/** One pass: dead workers' claims and lanes, settled and scheduled campaigns, stuck imports, and a hint for whatever is due and nobody works on. */
export async function sweep({ db, env, deadAfterMs }: SweepSettings): Promise<void> {
  const { retryDelaysSeconds, twilioTimeoutMs } = env;
  await loseDeadClaims(db, { deadAfterMs, twilioTimeoutMs, retryDelaysSeconds });
  await releaseDeadWorkers(db, deadAfterMs);
  await completeCampaigns(db);
  await startScheduled(db, env);
  await failStuckImports(db);
  for (const { senderId, freeLanes } of await sendersWithDueWork(db, { lanes: env.sendConcurrency })) {
    for (let lane = 0; lane < freeLanes; lane += 1) await enqueue(db, "drain_sender", { senderId });
  }
  await hintTimers(db);
}

async function hintTimers(db: Database): Promise<void> {
  const [due] = await queryRows<{
    checks: boolean;
    events: boolean;
    purge: boolean;
    retention: boolean;
    activity: boolean;
    imports: boolean;
    probes: number[];
    inbound: number[];
  }>(
    db,
    sql`
    select exists (select from messages where next_check_at <= clock_timestamp()) as checks,
      exists (select from webhook_events where applied_at is null and verdict = 'accepted'
        and next_try_at <= clock_timestamp()) as events,
      ${isTurnDue(purgeTurn)} as purge,
      ${isTurnDue(retentionTurn)} as retention,
      ${isActivityBehind} as activity, ${isImportToForget} as imports,
      array(select id from senders where next_probe_at <= clock_timestamp()
        and pause_reason = 'twilio_unreachable') as probes,
      array(select id from senders
        where inbound_checked_at is null or inbound_checked_at < clock_timestamp() - ${inboundEverySeconds} * interval '1 second') as inbound`,
  );
  if (!due) return;
  if (due.checks) await enqueue(db, "check_messages", {});
  if (due.events) await enqueue(db, "apply_webhook_events", {});
  if (due.purge) await enqueue(db, "purge_webhook_events", {});
  if (due.retention) await enqueue(db, "apply_retention", {});
  if (due.activity) await enqueue(db, "roll_up_activity", {});
  if (due.imports) await enqueue(db, "forget_imports", {});
  for (const senderId of due.probes) await enqueue(db, "probe_sender", { senderId });
  for (const senderId of due.inbound) await enqueue(db, "reconcile_inbound", { senderId });
}
