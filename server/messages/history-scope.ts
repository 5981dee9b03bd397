// Which messages a page of the history is about: the user's own, and of those the ones that pass the filters.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import type { MessageFilter } from "#server/domain/inputs.ts";
import { countedUpTo } from "#server/lists/count-up-to.ts";
import { causeInIndex, inCauseIndex } from "#server/messages/failure-cause.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Scope = {
  user: SignedInUser;
  campaignId: number | null;
  /** of the row `m` of messages; ids and key apart */
  conditions: SQL;
  /** the ids that are meant, both included */
  ids: { from: number; to: number };
  /** what an index of each campaign's messages has before their ids */
  key: { column: SQL; value: SQL } | null;
};

export type HistoryQuery = MessageFilter & { user: SignedInUser; timeZone: string };

/**
 * The filters as conditions on `messages m`; a period first as a range of ids, which every index can be walked by. The times
 * themselves are said so that the planner thinks they leave all: were they to leave few, it would sort a whole campaign.
 */
export async function scopeOf(db: Executor, query: HistoryQuery): Promise<Scope> {
  const { user, status, campaignId, errorCode, reason, from, to, timeZone } = query;
  const conditions: SQL[] = [sql`true`];
  const ids = { from: 1, to: greatestId };
  if (status && (errorCode != null || reason)) conditions.push(sql`m.status = ${status}`);
  if (errorCode != null) conditions.push(sql`m.status = 'failed'`);
  if (reason) conditions.push(inCauseIndex);
  if (reason && errorCode != null) conditions.push(sql`${causeInIndex} = ${reason}`);
  if (from) {
    const start = startOf(from, timeZone);
    conditions.push(sql`nullif(m.created_at >= ${start}, false) is not null`);
    ids.from = await firstIdSince(db, start, -1);
  }
  if (to) {
    const end = startOf(to, timeZone, 1);
    conditions.push(sql`nullif(m.created_at < ${end}, false) is not null`);
    ids.to = (await firstIdSince(db, end, 1)) - 1;
  }
  const key =
    errorCode != null
      ? { column: sql`m.error_code`, value: sql`${errorCode}::int` }
      : reason
        ? { column: causeInIndex, value: sql`${reason}::text` }
        : status
          ? { column: sql`m.status`, value: sql`${status}` }
          : null;
  return { user, campaignId: campaignId ?? null, conditions: sql.join(conditions, sql` and `), ids, key };
}

const greatestId = 2_147_483_647;

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
        select m.id::bigint, coalesce(m.created_at, '-infinity') < (select at from aim) as older
        from messages m where m.id >= middle order by m.id limit 1) probe
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
export function idsInScope(scope: Scope, walk: Walk): SQL {
  const { user, campaignId, conditions } = scope;
  const order = walk.ascending ? sql`order by m.id` : sql`order by m.id desc`;
  const limit = sql`limit ${walk.limit}::int`;
  const stretch = stretchOf(scope, walk);
  if (stretch.from > stretch.to) return sql`select id from messages where false`;
  const wanted = filtersOf(scope, stretch);
  if (user.role === "super_admin" && campaignId === null) {
    return sql`select m.id from messages m where ${wanted} and ${ofNoDeletedCampaign} ${order} ${limit}`;
  }
  const newest = (campaign: SQL, howMany: SQL) =>
    sql`select m.id from messages m where ${conditions} and ${walkOf(scope, walk, campaign)} ${howMany}`;
  const grouped = sql`
    select m.id from (
      select own.id as campaign_id, head.id as head from (${ownCampaigns(user, campaignId)}) own
      cross join lateral (${newest(sql`own.id`, sql`limit 1`)}) head
      order by head ${walk.ascending ? sql`` : sql`desc`} ${limit}) heads
    cross join lateral (${newest(sql`heads.campaign_id`, limit)}) m`;
  if (campaignId !== null) return sql`${grouped} ${order} ${limit}`;
  return sql`
    select m.id from (
      (${grouped})
      union all
      (select m.id from messages m where m.campaign_id is null and m.created_by = ${user.id}::int and ${wanted}
        ${order} ${limit})) m
    ${order} ${limit}`;
}

/** The ids that are left of the scope's when the walk begins where it does. */
function stretchOf({ ids }: Scope, { beyond, ascending }: Walk): Scope["ids"] {
  if (beyond === null) return ids;
  if (ascending) return { ...ids, from: Math.max(ids.from, beyond + 1) };
  return { ...ids, to: Math.min(ids.to, beyond - 1) };
}

/** All that the filters ask of a message. */
function filtersOf({ conditions, key }: Scope, { from, to }: Scope["ids"]): SQL {
  const ofKey = key ? sql`and ${key.column} = ${key.value}` : sql``;
  return sql`${conditions} ${ofKey} and m.id >= ${from}::int and m.id <= ${to}::int`;
}

/** Condition and order of one campaign's messages, by whole rows of an index of theirs (as `campaignOrder`). */
function walkOf(scope: Scope, walk: Walk, campaign: SQL): SQL {
  const { key } = scope;
  const { from, to } = stretchOf(scope, walk);
  const place = key ? sql`(m.campaign_id, ${key.column}, m.id)` : sql`(m.campaign_id, m.id)`;
  const at = (id: number) =>
    key ? sql`(${campaign}, ${key.value}, ${id}::int)` : sql`(${campaign}, ${id}::int)`;
  const direction = walk.ascending ? sql`asc` : sql`desc`;
  const columns = [sql`m.campaign_id`, ...(key ? [key.column] : []), sql`m.id`];
  const order = columns.map((column) => sql`${column} ${direction}`);
  return sql`${place} >= ${at(from)} and ${place} <= ${at(to)} order by ${sql.join(order, sql`, `)}`;
}

/** A row for each message in scope, of no order, to be counted: of no campaign more than can be counted. */
export function rowsInScope(scope: Scope): SQL {
  const { user, campaignId } = scope;
  const conditions = filtersOf(scope, scope.ids);
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
export function isInScope(scope: Scope): SQL {
  const { user, campaignId } = scope;
  const conditions = filtersOf(scope, scope.ids);
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
