// What the history can be filtered by: the user's campaigns, and what their messages failed by.
import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignNamed } from "#server/campaigns/list-campaigns.ts";
import type { MessageFilter } from "#server/domain/inputs.ts";
import { causeInIndex, inCauseIndex } from "#server/messages/failure-cause.ts";
import type { HistoryChoices } from "#server/messages/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const campaignsAtMost = 200;
/** Of a campaign: the previous system could keep a text of its own for each failure. */
const reasonsAtMost = 20;

type CampaignsQuery = { user: SignedInUser; search?: string | null; chosen?: number | null | undefined };

/** The latest campaigns that have recipients and whose names the search finds, the chosen one first. */
export async function campaignChoices(
  db: Executor,
  { user, search, chosen }: CampaignsQuery,
): Promise<HistoryChoices["campaigns"]> {
  const isChosen = eq(campaigns.id, chosen ?? 0);
  const isFound = and(gt(campaigns.totalRecipients, 0), search ? campaignNamed(search) : undefined);
  return db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(and(isNull(campaigns.deletedAt), ownedBy(user, campaigns.createdBy), or(isChosen, isFound)))
    .orderBy(desc(isChosen), desc(campaigns.id))
    .limit(campaignsAtMost);
}

type ChoicesQuery = Pick<MessageFilter, "campaignId" | "errorCode" | "reason"> & { user: SignedInUser };

/**
 * The latest campaigns; of those every code, the smallest first, and the reasons without one, each found by one probe of
 * an index. What is chosen is among them.
 */
export async function historyChoices(
  db: Executor,
  { user, campaignId, errorCode, reason }: ChoicesQuery,
): Promise<HistoryChoices> {
  const found = await campaignChoices(db, { user, chosen: campaignId });
  const ids = found.map(({ id }) => id);
  const codes = await eachOf(db, ids, {
    value: sql`m.error_code`,
    ofRows: sql`m.status = 'failed' and m.error_code is not null`,
    atMost: 1_000,
  });
  const reasons = await eachOf(db, ids, {
    value: causeInIndex,
    ofRows: sql`${inCauseIndex} and ${causeInIndex} is not null`,
    atMost: reasonsAtMost,
  });
  const all = <Value>(values: Value[], chosen: Value | null | undefined) =>
    chosen == null || values.includes(chosen) ? values : [...values, chosen];
  return {
    campaigns: found,
    errorCodes: all(codes.map(Number), errorCode),
    reasons: all(reasons.map(String), reason),
  };
}

type Values = {
  value: SQL;
  ofRows: SQL;
  /** of one campaign */
  atMost: number;
};

/** The different values that messages of these campaigns have, in order: from each the next one is looked for. */
async function eachOf(
  db: Executor,
  campaignIds: readonly number[],
  { value, ofRows, atMost }: Values,
): Promise<(string | number)[]> {
  const next = (after: SQL) => sql`
    select ${value} as value from messages m
    where m.campaign_id = c.campaign_id and ${ofRows} ${after} order by ${value} limit 1`;
  const rows = await queryRows<{ value: string | number }>(
    db,
    sql`
    with recursive found as (
      select c.campaign_id, first.value, 1 as nr from unnest(${`{${campaignIds.join(",")}}`}::int[]) c (campaign_id)
      cross join lateral (${next(sql``)}) first
      union all
      select c.campaign_id, next.value, c.nr + 1 from found c
      cross join lateral (${next(sql`and ${value} > c.value`)}) next where c.nr < ${atMost}::int)
    select distinct value from found order by 1`,
  );
  return rows.map((row) => row.value);
}
