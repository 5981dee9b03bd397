import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";

export type AnsweredMessage = {
  messageId: number;
  campaignId: number;
  status: MessageStatus;
  claimedAt: Date;
  messageTwo: string | null;
  senderId: number | null;
  fromAddress: string | null;
};

/**
 * The Message 1 that an answer of a contact belongs to: the one it quotes, else the newest that was claimed; null when
 * there is none (engine.md 9). A deleted campaign no longer answers.
 */
export async function answeredMessage(
  db: Executor,
  contactId: number,
  quotedSid: string | null,
): Promise<AnsweredMessage | null> {
  if (quotedSid) {
    const ofSid = db
      .select({ id: messageAttempts.messageId })
      .from(messageAttempts)
      .where(eq(messageAttempts.sid, quotedSid));
    const quoted = await newestClaimed(db, contactId, inArray(messages.id, ofSid));
    if (quoted) return quoted;
  }
  return newestClaimed(db, contactId, sql`true`);
}

async function newestClaimed(db: Executor, contactId: number, which: SQL): Promise<AnsweredMessage | null> {
  const claimedAt = sql`coalesce(
    (select max(a.claimed_at) from message_attempts a where a.message_id = ${messages.id}),
    ${messages.sentAt} at time zone 'UTC')`;
  const [found] = await db
    .select({
      messageId: messages.id,
      campaignId: campaigns.id,
      status: sql<MessageStatus>`${messages.status}`,
      claimedAt: sql<Date>`${claimedAt}`.mapWith(messageAttempts.claimedAt),
      messageTwo: campaigns.message2,
      senderId: messages.senderId,
      fromAddress: messages.fromAddress,
    })
    .from(messages)
    .innerJoin(campaigns, eq(campaigns.id, messages.campaignId))
    .where(
      sql`${messages.contactId} = ${contactId} and ${messages.messageType} = 'message_1'
        and ${messages.status} in ('sending', 'uncertain', 'sent', 'delivered', 'read')
        and ${campaigns.deletedAt} is null and ${claimedAt} is not null and ${which}`,
    )
    .orderBy(sql`${claimedAt} desc`, sql`${messages.id} desc`)
    .limit(1);
  return found ?? null;
}
