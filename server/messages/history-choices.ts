// What the history can be filtered by: the user's campaigns, and the error codes their messages failed with.
import { and, desc, gt, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import type { HistoryChoices } from "#server/messages/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const campaignsAtMost = 200;

/** The latest campaigns that have recipients, and every code, the smallest first, each found by one probe of an index. */
export async function historyChoices(
  db: Executor,
  { user }: { user: SignedInUser },
): Promise<HistoryChoices> {
  const found = await db
    .select({ id: campaigns.id, name: campaigns.name })
    .from(campaigns)
    .where(
      and(isNull(campaigns.deletedAt), gt(campaigns.totalRecipients, 0), ownedBy(user, campaigns.createdBy)),
    )
    .orderBy(desc(campaigns.id))
    .limit(campaignsAtMost);
  const failed = sql`select error_code from messages m where m.campaign_id = c.campaign_id and m.status = 'failed'`;
  const codes = await queryRows<{ code: number }>(
    db,
    sql`
    with recursive codes as (
      select c.campaign_id, first.error_code
      from unnest(${sql`array[${sql.join([sql`null`, ...found.map(({ id }) => sql`${id}`)], sql`, `)}]::int[]`}) c (campaign_id)
      cross join lateral (${failed} and error_code is not null order by error_code limit 1) first
      union all
      select c.campaign_id, next.error_code from codes c
      cross join lateral (${failed} and error_code > c.error_code order by error_code limit 1) next)
    select distinct error_code as code from codes order by 1`,
  );
  return { campaigns: found, errorCodes: codes.map(({ code }) => code) };
}
