// Reading the dashboard: counters for what is since the beginning, the days for what is in the period.
import { type SQL, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { listRunning } from "#server/campaigns/queries.ts";
import { estimateCost } from "#server/domain/prices.ts";
import { activityIn, uncounted } from "#server/stats/activity.ts";
import type { Overview, OverviewPeriod } from "#server/stats/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type OverviewQuery = { user: SignedInUser; timeZone: string; days: OverviewPeriod };

/**
 * What the user's campaigns have done, deleted ones too: their messages were sent. A super admin sees everybody's. Read as
 * of one moment: a roll-up between two of the questions would count what it moved twice.
 */
export async function getOverview(db: Database, query: OverviewQuery): Promise<Overview> {
  const { user } = query;
  return db.transaction(
    async (tx) => ({
      ...(await sumCounters(tx, user)),
      contacts: await countContacts(tx, user),
      ...(await readPeriod(tx, query)),
      running: await listRunning(tx, { user }),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

const ownerIs = (user: SignedInUser, column: SQL): SQL =>
  user.role === "super_admin" ? sql`true` : sql`${column} = ${user.id}::int`;

async function sumCounters(db: Executor, user: SignedInUser): Promise<Pick<Overview, "totals" | "standing">> {
  const [sums] = await queryRows<Record<keyof Overview["totals"] | "left_out" | "waiting", number>>(
    db,
    sql`
    select count(*) filter (where deleted_at is null)::int as campaigns,
      coalesce(sum(coalesce(sent_count, 0) + message_two_sent_count), 0)::int as sent,
      coalesce(sum(delivered_count + message_two_delivered_count), 0)::int as delivered,
      coalesce(sum(read_count + message_two_read_count), 0)::int as read,
      coalesce(sum(coalesce(failed_count, 0) + message_two_failed_count), 0)::int as failed,
      coalesce(sum(interaction_count), 0)::int as answers,
      coalesce(sum(skipped_count + cancelled_count + two.unsettled - two.waiting), 0)::int as left_out,
      coalesce(sum(two.waiting
        + case when status in ('draft', 'scheduled') then 0 else greatest(0, coalesce(total_recipients, 0)
          - coalesce(sent_count, 0) - coalesce(failed_count, 0) - skipped_count - cancelled_count) end), 0)::int as waiting
    from campaigns
    cross join lateral (
      select greatest(0, message_two_count - message_two_sent_count - message_two_failed_count) as in_all) rest
    -- no counter tells a Message 2 that waits from one that was left out: they are few, and found by an index
    cross join lateral (
      select rest.in_all as unsettled, case when rest.in_all > 0 then (
        select count(*) from messages m where m.campaign_id = campaigns.id and m.message_type = 'message_2'
          and m.status in ('pending', 'sending', 'uncertain')) else 0 end as waiting) two
    where ${ownerIs(user, sql`created_by`)}`,
  );
  if (!sums) throw new Error("a sum without a row");
  const { left_out: leftOut, waiting, ...totals } = sums;
  const { sent, delivered, read, failed } = totals;
  return {
    totals,
    standing: { read, delivered: delivered - read, sent: sent - delivered, waiting, failed, leftOut },
  };
}

async function countContacts(db: Executor, user: SignedInUser): Promise<Overview["contacts"]> {
  const [counts] = await queryRows<Overview["contacts"]>(
    db,
    sql`select coalesce(sum(contacts), 0)::int as all, coalesce(sum(active), 0)::int as active
      from contact_counts where ${ownerIs(user, sql`owner_id`)}`,
  );
  return counts ?? { all: 0, active: 0 };
}

type Happened = {
  day: string;
  hour: number | null;
  code: string;
  accepted: number;
  failed: number;
  answers: number;
};

/** Rolled-up days, and what is not among them yet, counted now. */
async function readPeriod(
  db: Executor,
  { user, timeZone, days }: OverviewQuery,
): Promise<Pick<Overview, "cost" | "days" | "hours">> {
  const [frame] = await queryRows<{ days: string[]; since: string }>(
    db,
    sql`
    with today as (select (now() at time zone ${timeZone})::date as day)
    select array(select day - back from generate_series(${days - 1}::int, 0, -1) back)::text[] as days,
      greatest((select until from activity_mark),
        (day - ${days - 1}::int)::timestamp at time zone ${timeZone})::text as since
    from today`,
  );
  if (!frame) throw new Error("a period without days");
  const answers = sql`(select * from interactions where ${uncounted})`;
  const since = {
    from: sql`${frame.since}::timestamptz`,
    until: sql`'infinity'::timestamptz`,
    timeZone,
    answers,
  };
  const mine = ownerIs(user, sql`owner_id`);
  const first = sql`${frame.days[0]}::date`;
  const happened = await queryRows<Happened>(
    db,
    sql`
    select day::text, null::int as hour, dial_code as code, sum(accepted)::int as accepted, sum(failed)::int as failed,
      sum(answers)::int as answers
    from day_activity where day >= ${first} and ${mine} group by 1, 3
    union all
    select day::text, hour, dial_code, sum(accepted)::int, sum(failed)::int, sum(answers)::int
    from (${activityIn(since)}) fresh where ${mine} group by 1, 2, 3`,
  );
  const hourly = await queryRows<{ hour: number; answers: number }>(
    db,
    sql`select hour::int, sum(answers)::int as answers from hour_answers where day >= ${first} and ${mine} group by 1`,
  );
  return tally(frame.days, happened, hourly);
}

function tally(
  days: readonly string[],
  happened: readonly Happened[],
  hourly: readonly { hour: number; answers: number }[],
): Pick<Overview, "cost" | "days" | "hours"> {
  const byDay = new Map(days.map((day) => [day, { day, accepted: 0, failed: 0, answers: 0 }]));
  const byCode = new Map<string, number>();
  const hours = Array.from({ length: 24 }, () => 0);
  const answered = (hour: number, answers: number) => {
    hours[hour] = (hours[hour] ?? 0) + answers;
  };
  for (const { day, hour, code, accepted, failed, answers } of happened) {
    const sum = byDay.get(day);
    if (!sum) continue;
    sum.accepted += accepted;
    sum.failed += failed;
    sum.answers += answers;
    byCode.set(code, (byCode.get(code) ?? 0) + accepted);
    if (hour !== null) answered(hour, answers);
  }
  for (const { hour, answers } of hourly) answered(hour, answers);
  return { days: [...byDay.values()], hours, cost: estimateCost(byCode) };
}
