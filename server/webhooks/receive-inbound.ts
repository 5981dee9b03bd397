// An inbound message: who it is from, what it says about them, and whether Message 2 follows (Exigence 4; engine.md 9).
import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { interactions } from "#db/schema/messages.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import { type Keyword, keywordOf } from "#server/domain/opt-out.ts";
import { numberInAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";
import { type AnsweredMessage, answeredMessage } from "#server/messages/answered-message.ts";
import { queueMessageTwo } from "#server/messages/queue-message-two.ts";
import type { InboundHit } from "#server/twilio/webhook-inputs.ts";
import { keepUnknownSender } from "#server/webhooks/keep-unknown-sender.ts";

export type InboundSettings = Pick<
  Env,
  "messageTwoMaxAgeDays" | "serviceWindowHours" | "sandboxMembershipHours"
>;

type ContactRow = typeof contacts.$inferSelect;

/**
 * Records an inbound message once, whatever is redelivered, and queues Message 2 when the rule says so. Returns what came
 * of it: `unknown_sender`, `duplicate`, `message_two`, or the reason why no Message 2 follows.
 */
export async function receiveInbound(
  tx: Transaction,
  settings: InboundSettings,
  hit: InboundHit,
): Promise<string> {
  const found = await findContact(tx, hit);
  if (!found) return keepUnknownSender(tx, hit);
  const answered = await answeredMessage(tx, found.id, hit.repliedToSid);
  // In the order of every other transaction: campaign, then contact.
  const campaignStatus = answered && (await lockedStatus(tx, answered.campaignId));
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, found.id)).for("no key update");
  if (!contact) throw new Error(`contact ${found.id} vanished`);
  // deleted or erased while this waited for it
  if (contact.deletedAt) return keepUnknownSender(tx, hit);
  const interactionId = await recordInteraction(tx, contact.id, hit, answered);
  if (interactionId === null) return "duplicate";
  const keyword = keywordOf(hit.body);
  const updated = await updateContact(tx, contact, hit, keyword, settings);
  if (answered && keyword !== "join") {
    await tx
      .update(campaigns)
      .set({ interactionCount: sql`coalesce(${campaigns.interactionCount}, 0) + 1` })
      .where(eq(campaigns.id, answered.campaignId));
  }
  return queueMessageTwo(tx, settings, {
    contact: updated,
    answered,
    campaignCancelled: campaignStatus === "cancelled",
    keyword,
    inboundSid: hit.sid,
  });
}

async function lockedStatus(tx: Transaction, campaignId: number): Promise<CampaignStatus | null> {
  const [campaign] = await tx
    .select({ status: campaigns.status })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId))
    .for("no key update");
  return campaign?.status ?? null;
}

/** By number (criterion 4.3), or by the external id of a user who hides it. */
async function findContact(tx: Transaction, hit: InboundHit): Promise<{ id: number } | null> {
  const number = numberInAddress(hit.from);
  const externalId = hit.externalUserId ?? (number ? null : hit.from);
  const matches: SQL[] = [];
  if (number) matches.push(eq(contacts.fullNumber, number));
  if (externalId) matches.push(eq(contacts.externalUserId, externalId));
  const [contact] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(or(...matches), isNull(contacts.deletedAt)))
    .orderBy(sql`${contacts.fullNumber} = ${number ?? ""} desc`, contacts.id)
    .limit(1);
  return contact ?? null;
}

async function recordInteraction(
  tx: Transaction,
  contactId: number,
  hit: InboundHit,
  answered: AnsweredMessage | null,
): Promise<number | null> {
  const [stored] = await tx
    .insert(interactions)
    .values({
      campaignId: answered?.campaignId ?? null,
      contactId,
      messageId: answered?.messageId ?? null,
      interactionType: hit.details.MessageType === "reaction" ? "reaction" : "reply",
      content: hit.body,
      whatsappMessageId: hit.sid,
      inboundSid: hit.sid,
      details: hit.details,
      receivedAt: sql`coalesce(${hit.receivedAt}::timestamptz, now()) at time zone 'UTC'`,
    })
    .onConflictDoNothing({ target: interactions.inboundSid })
    .returning({ id: interactions.id });
  return stored?.id ?? null;
}

/** The two clocks of a contact, and opting out and in (twilio-facts 1.2 and 1.3). */
async function updateContact(
  tx: Transaction,
  contact: ContactRow,
  hit: InboundHit,
  keyword: Keyword | null,
  settings: InboundSettings,
): Promise<ContactRow> {
  const at = sql`coalesce(${hit.receivedAt}::timestamptz, now())`;
  const hours = settings.sandboxMembershipHours;
  const [updated] = await tx
    .update(contacts)
    .set({
      lastInboundAt: sql`greatest(${contacts.lastInboundAt}, ${at})`,
      conversedAt: sql`greatest(${contacts.conversedAt}, ${at})`,
      // A word found late says nothing against what was learnt since.
      sandboxLeftAt:
        keyword === "stop"
          ? sql`case when ${contacts.lastInboundAt} > ${at} then ${contacts.sandboxLeftAt} else ${at} end`
          : sql`case when ${contacts.sandboxLeftAt} > ${at} then ${contacts.sandboxLeftAt} end`,
      ...(keyword === "join" && { sandboxJoinedAt: at }),
      // Whoever writes is a member now: a membership that must have expired began anew, we do not know when.
      ...(keyword !== "join" &&
        keyword !== "stop" && {
          sandboxJoinedAt: sql`case when ${contacts.sandboxJoinedAt} is null
            or ${contacts.sandboxJoinedAt} + ${hours} * interval '1 hour' < ${at}
            or ${contacts.sandboxLeftAt} <= ${at} then ${at} else ${contacts.sandboxJoinedAt} end`,
        }),
      ...(keyword === "stop" && { optedOutAt: sql`greatest(${contacts.optedOutAt}, ${at})` }),
      ...(keyword === "start" && {
        optedOutAt: sql`case when ${contacts.optedOutAt} > ${at} then ${contacts.optedOutAt} end`,
      }),
      ...(hit.externalUserId &&
        !contact.externalUserId && { externalUserId: unlessTaken(hit.externalUserId) }),
    })
    .where(eq(contacts.id, contact.id))
    .returning();
  if (!updated) throw new Error(`contact ${contact.id} vanished`);
  return updated;
}

/** A person with a new number keeps the id: the contact who has it already keeps it, and the answer is applied. */
function unlessTaken(externalUserId: string): SQL {
  return sql`case when not exists (select from contacts c where c.external_user_id = ${externalUserId})
    then ${externalUserId}::text end`;
}
