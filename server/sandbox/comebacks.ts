// Contacts whom Twilio refused because they had not joined (63015), and who have joined since: their Message 1 can be sent
// again by one press.
import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { membershipState } from "#server/campaigns/recipients.ts";
import { c, type Hours } from "#server/contacts/find-contacts.ts";
import { campaignStatuses, canRetryMessages } from "#server/domain/campaign-status.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { type Turn, turnPage } from "#server/lists/turn-page.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import type { ComebackPage } from "#server/sandbox/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** https://www.twilio.com/docs/api/errors/63015 */
const notJoined = 63015;
const pageSize = 20;

const m = alias(messages, "m");
const k = alias(campaigns, "k");
const a = alias(messageAttempts, "a");

type Query = { user: SignedInUser; env: Hours };

/** One page of them (`turnPage`), the latest messages first. */
export async function listComebacks(
  db: Executor,
  { after, before, ...query }: Query & Turn<number>,
): Promise<ComebackPage> {
  const back = comebacks(db, query);
  const page = await turnPage(
    { after, before },
    {
      size: pageSize,
      read: ({ from, backwards, limit }) =>
        db
          .select()
          .from(back)
          .where(from === null ? undefined : (backwards ? gt : lt)(back.messageId, from))
          .orderBy((backwards ? asc : desc)(back.messageId))
          .limit(limit),
      cursorOf: ({ messageId }) => messageId,
    },
  );
  // a page without neighbours is all there is
  const isAll = page.previous === null && page.next === null;
  const total = isAll
    ? { total: page.rows.length, totalIsMore: false }
    : await countUpTo(db, sql`select from ${back}`);
  return { ...page, ...total };
}

/**
 * Sends again the failed messages of contacts who are back, all of them or those named, campaign by campaign; what is not
 * the user's or no such message is left out. Returns how many wait again.
 */
export async function resendToComebacks(
  db: Executor,
  { messageIds, ...query }: Query & { messageIds: readonly number[] | null },
): Promise<number> {
  const back = comebacks(db, query);
  const chosen = await db
    .select({ campaignId: back.campaignId, messageIds: sql<number[]>`array_agg(${back.messageId})` })
    .from(back)
    .where(messageIds ? inArray(back.messageId, [...messageIds]) : undefined)
    .groupBy(back.campaignId)
    .orderBy(back.campaignId);
  let waiting = 0;
  for (const ofCampaign of chosen) waiting += await retryFailed(db, ofCampaign);
  return waiting;
}

function comebacks(db: Executor, { user, env }: Query) {
  const hours = env.sandboxMembershipHours;
  const since = sql`now() - ${hours}::float8 * interval '1 hour'`;
  // messages taken over have no attempt
  const refusedAt = sql`coalesce(${a.requestedAt}, ${a.claimedAt}, ${m.failedAt})`;
  const cameBackAt = sql`greatest(${c.sandboxJoinedAt}, ${c.lastInboundAt})`;
  return db
    .select({
      messageId: m.id,
      contactId: sql<number>`${c.id}`.as("contact_id"),
      fullNumber: c.fullNumber,
      firstName: c.firstName,
      lastName: c.lastName,
      campaignId: sql<number>`${k.id}`.as("campaign_id"),
      campaignName: sql<string>`${k.name}`.as("campaign_name"),
      failedAt: m.failedAt,
      cameBackAt: sql<Date>`${cameBackAt}`.mapWith(c.lastInboundAt).as("came_back_at"),
    })
    .from(c)
    .innerJoin(m, eq(m.contactId, c.id))
    .innerJoin(k, eq(k.id, m.campaignId))
    .leftJoin(a, eq(a.id, m.currentAttemptId))
    .where(
      and(
        or(gt(c.sandboxJoinedAt, since), gt(c.lastInboundAt, since)),
        sql`${membershipState(hours)} in ('member', 'expiring')`,
        isNull(c.deletedAt),
        isNull(c.optedOutAt),
        isNull(c.flag),
        eq(m.status, "failed"),
        eq(m.errorCode, notJoined),
        eq(m.messageType, "message_1"),
        // who has another number now is not written to at the old one
        sql`${m.toAddress} = 'whatsapp:' || ${c.fullNumber}`,
        sql`${cameBackAt} > ${refusedAt}`,
        isNull(k.deletedAt),
        isNull(k.archivedAt),
        inArray(k.status, campaignStatuses.filter(canRetryMessages)),
        ownedBy(user, k.createdBy),
      ),
    )
    .as("back");
}
