// Counts what happened once and for all, so that a dashboard of ninety days reads a few hundred rows.
import { sql } from "drizzle-orm";
import { type Database, queryRows, type Transaction } from "#db/client.ts";
import { activityIn, uncounted } from "#server/stats/activity.ts";

/** Longer than the transaction of any event lasts. */
const graceMinutes = 15;
/** Every time zone's days begin at a quarter of an hour of UTC. */
const stepMinutes = 15;
/** How far the mark may lie behind before somebody should move it on. */
const behindMinutes = graceMinutes + 2 * stepMinutes;

/** Whether `rollUpActivity` has something to do, for the sweep. */
export const isActivityBehind = sql`(not exists (select from activity_mark
  where until > clock_timestamp() - ${behindMinutes}::int * interval '1 minute')
  or exists (select from interactions where ${uncounted}
    and received_at < (clock_timestamp() - ${behindMinutes}::int * interval '1 minute') at time zone 'UTC'))`;

/**
 * Counts the next day, or what of it is over, and moves the mark behind it, in one transaction: whatever is counted is
 * counted once, however many workers do it and wherever one dies. Answers from before the mark that came since are
 * counted too. Returns whether more is left.
 */
export async function rollUpActivity(db: Database, { timeZone }: { timeZone: string }): Promise<boolean> {
  return db.transaction(async (tx) => {
    await placeMark(tx);
    const [stretch] = await queryRows<{ from: string; until: string; more: boolean }>(
      tx,
      sql`
      with mark as (select until from activity_mark where id = 1 for update),
      over as (select date_bin(${stepMinutes}::int * interval '1 minute',
        now() - ${graceMinutes}::int * interval '1 minute', '2000-01-01T00:00Z') as at)
      select until::text as from, greatest(until, least(until + interval '1 day', at))::text as until,
        until + interval '1 day' < at as more
      from mark, over`,
    );
    if (!stretch) throw new Error("no mark was placed");
    const from = sql`${stretch.from}::timestamptz`;
    const until = sql`${stretch.until}::timestamptz`;
    await tx.execute(sql`
      with taken as (
        update interactions set counted = true where ${uncounted} and received_at < ${until} at time zone 'UTC'
        returning campaign_id, contact_id, received_at),
      happened as materialized (${activityIn({ from, until, timeZone, answers: sql`taken` })}),
      by_hour as (
        insert into hour_answers as h (day, owner_id, hour, answers)
        select day, owner_id, hour, sum(answers) from happened where answers > 0 group by 1, 2, 3
        on conflict (day, owner_id, hour) do update set answers = h.answers + excluded.answers)
      insert into day_activity as d (day, owner_id, dial_code, accepted, failed, answers)
      select day, owner_id, dial_code, sum(accepted), sum(failed), sum(answers) from happened group by 1, 2, 3
      on conflict (day, owner_id, dial_code) do update set accepted = d.accepted + excluded.accepted,
        failed = d.failed + excluded.failed, answers = d.answers + excluded.answers`);
    await tx.execute(sql`update activity_mark set until = ${until} where id = 1`);
    return stretch.more;
  });
}

/** Before the first thing that ever happened. */
async function placeMark(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    insert into activity_mark (id, until)
    select 1, date_bin(${stepMinutes}::int * interval '1 minute', least(
      (select min(answered_at) from message_attempts where sid is not null),
      (select min(failed_at) from messages where failed_at is not null),
      (select min(received_at) from interactions) at time zone 'UTC',
      now() - ${graceMinutes}::int * interval '1 minute'), '2000-01-01T00:00Z')
    where not exists (select from activity_mark)
    on conflict do nothing`);
}
