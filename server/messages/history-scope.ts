// Which messages a page of the history is about: the user's own, and of those the ones that pass the filters.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import type { MessageFilter } from "#server/domain/inputs.ts";
import { countedUpTo } from "#server/lists/count-up-to.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Scope = {
  user: SignedInUser;
  campaignId: number | null;
  /** of the row `m` of messages */
  conditions: SQL;
};

export type HistoryQuery = MessageFilter & { user: SignedInUser; timeZone: string };

/** The filters as conditions on `messages m`; a period first as a range of ids, which every index can be walked by. */
export async function scopeOf(db: Executor, query: HistoryQuery): Promise<Scope> {
  const { user, status, campaignId, errorCode, from, to, timeZone } = query;
  const conditions: SQL[] = [sql`true`];
  if (status) conditions.push(sql`m.status = ${status}`);
  if (errorCode != null) conditions.push(sql`m.status = 'failed' and m.error_code = ${errorCode}::int`);
  if (from) {
    const start = startOf(from, timeZone);
    conditions.push(sql`m.created_at >= ${start} and m.id >= ${await firstIdSince(db, start, -1)}::int`);
  }
  if (to) {
    const end = startOf(to, timeZone, 1);
    conditions.push(sql`m.created_at < ${end} and m.id < ${await firstIdSince(db, end, 1)}::int`);
  }
  return { user, campaignId: campaignId ?? null, conditions: sql.join(conditions, sql` and `) };
}

/** The first moment of a day of the time zone, `daysLater` days later, as the ledger writes times: UTC without a zone. */
function startOf(day: string, timeZone: string, daysLater = 0): SQL {
  return sql`((${day}::date + ${daysLater}::int)::timestamp at time zone ${timeZone} at time zone 'UTC')`;
}

/**
 * The id from which on messages were made at `at` or later: ids follow the times of their making, up to the length of a
 * transaction, for which an hour is left on the safe side (`slackHours`). Found by halving, thirty probes at most.
 */
async function firstIdSince(db: Executor, at: SQL, slackHours: number): Promise<number> {
  const [found] = await queryRows<{ id: number }>(
    db,
    sql`
    with recursive aim as (select ${at} + ${slackHours}::int * interval '1 hour' as at),
    halving (low, high) as (
      select coalesce((select min(id) from messages), 1)::bigint, coalesce((select max(id) from messages), 0) + 1::bigint
      union all
      select case when older then probe.id + 1 else low end, case when older then high else middle end
      from halving cross join lateral (select (low + high) / 2 as middle) cut
      cross join lateral (
        select id::bigint, coalesce(created_at, '-infinity') < aim.at as older
        from messages, aim where id >= middle order by id limit 1) probe
      where low < high)
    select least(min(high), 2147483647)::int as id from halving`,
  );
  return found?.id ?? 1;
}

export type Walk = {
  /** ids at most */
  limit: number;
  /** begins behind this id, in the order of the walk */
  beyond: number | null;
  /** oldest first */
  ascending: boolean;
};

/**
 * A query of the ids in scope, in order. A super admin's walks down one index. An admin's takes, of the campaigns whose
 * newest messages are the newest, the newest of each: no other campaign can have one of the first `limit`.
 */
export function idsInScope({ user, campaignId, conditions }: Scope, walk: Walk): SQL {
  const order = walk.ascending ? sql`order by m.id` : sql`order by m.id desc`;
  const comparison = walk.ascending ? sql`m.id > ${walk.beyond}::int` : sql`m.id < ${walk.beyond}::int`;
  const wanted = walk.beyond === null ? conditions : sql`${conditions} and ${comparison}`;
  const limit = sql`limit ${walk.limit}::int`;
  if (user.role === "super_admin" && campaignId === null) {
    return sql`select m.id from messages m where ${wanted} and ${ofNoDeletedCampaign} ${order} ${limit}`;
  }
  const headOrder = walk.ascending ? sql`order by head` : sql`order by head desc`;
  const grouped = sql`
    select m.id from (
      select own.id as campaign_id, head.id as head from (${ownCampaigns(user, campaignId)}) own
      cross join lateral (
        select m.id from messages m where m.campaign_id = own.id and ${wanted} ${order} limit 1) head
      ${headOrder} ${limit}) heads
    cross join lateral (
      select m.id from messages m where m.campaign_id = heads.campaign_id and ${wanted} ${order} ${limit}) m`;
  if (campaignId !== null) return sql`${grouped} ${order} ${limit}`;
  return sql`
    select m.id from (
      (${grouped})
      union all
      (select m.id from messages m where m.campaign_id is null and m.created_by = ${user.id}::int and ${wanted}
        ${order} ${limit})) m
    ${order} ${limit}`;
}

/** A row for each message in scope, of no order, to be counted: of no campaign more than can be counted. */
export function rowsInScope({ user, campaignId, conditions }: Scope): SQL {
  if (user.role === "super_admin" && campaignId === null) {
    return sql`select from messages m where ${conditions} and ${ofNoDeletedCampaign}`;
  }
  const limit = sql`limit ${countedUpTo + 1}::int`;
  const ofCampaigns = sql`
    select m.id from (${ownCampaigns(user, campaignId)}) own cross join lateral (
      select m.id from messages m where m.campaign_id = own.id and ${conditions} ${limit}) m`;
  if (campaignId !== null) return ofCampaigns;
  return sql`select from ((${ofCampaigns} ${limit}) union all
    (select m.id from messages m where m.campaign_id is null and m.created_by = ${user.id}::int and ${conditions}
      ${limit})) m`;
}

/** Whether the row `m` is in scope, for rows found another way. */
export function isInScope({ user, campaignId, conditions }: Scope): SQL {
  const own = sql`m.campaign_id = any (array(${ownCampaigns(user, campaignId)}))`;
  if (campaignId !== null) return sql`${conditions} and ${own}`;
  const alone =
    user.role === "super_admin"
      ? sql`m.campaign_id is null`
      : sql`(m.campaign_id is null and m.created_by = ${user.id}::int)`;
  return sql`${conditions} and (${own} or ${alone})`;
}

const ofNoDeletedCampaign = sql`
  (m.campaign_id is null or m.campaign_id <> all (array(select id from campaigns where deleted_at is not null)))`;

function ownCampaigns(user: SignedInUser, campaignId: number | null): SQL {
  const own = user.role === "super_admin" ? sql`` : sql`and created_by = ${user.id}::int`;
  const one = campaignId === null ? sql`` : sql`and id = ${campaignId}::int`;
  return sql`select id from campaigns where deleted_at is null ${own} ${one}`;
}
