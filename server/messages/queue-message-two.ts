import { eq, sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { settings as settingsTable } from "#db/schema/audit.ts";
import type { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import {
  defaultMessageTwoLimits,
  type MessageTwoLimits,
  messageTwoRefusal,
} from "#server/domain/message-two.ts";
import type { Keyword } from "#server/domain/opt-out.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";
import type { AnsweredMessage } from "#server/messages/answered-message.ts";
import { recordEvent } from "#server/messages/locked-message.ts";
import { enqueue } from "#server/queue/enqueue.ts";

export type Answer = {
  /** locked by the caller, so that two answers at once count each other */
  contact: typeof contacts.$inferSelect;
  answered: AnsweredMessage | null;
  /** known under the lock of the campaign that is answered */
  campaignCancelled: boolean;
  keyword: Keyword | null;
  inboundSid: string;
};

/**
 * Queues Message 2 for an answer when the rule allows it, once per inbound message (`dedupe_key`), before all bulk
 * (criteria 4.4 and 4.5). Returns `message_two` or the reason why not, which is kept with the answered message.
 */
export async function queueMessageTwo(
  tx: Transaction,
  settings: Pick<Env, "messageTwoMaxAgeDays" | "serviceWindowHours">,
  { contact, answered, campaignCancelled, keyword, inboundSid }: Answer,
): Promise<string> {
  const facts = await factsFor(tx, contact.id, settings.serviceWindowHours);
  const refusal = messageTwoRefusal({
    keyword,
    optedOut: contact.optedOutAt !== null,
    flagged: contact.flag !== null,
    messageOne: answered,
    campaignCancelled,
    maxAgeDays: settings.messageTwoMaxAgeDays,
    limits: await limitsOf(tx),
    ...facts,
  });
  if (refusal || !answered) {
    if (answered)
      await recordEvent(tx, answered.messageId, { type: "no_message_two", data: { refusal, inboundSid } });
    return refusal ?? "no_message_one";
  }
  const sender = await senderOf(tx, answered);
  const [queued] = await tx
    .insert(messages)
    .values({
      campaignId: answered.campaignId,
      contactId: contact.id,
      messageType: "message_2",
      content: answered.messageTwo ?? "",
      status: "pending",
      senderId: sender.id,
      toAddress: whatsappAddress(contact.fullNumber),
      fromAddress: sender.address,
      dedupeKey: `m2:${inboundSid}`,
      priority: 0,
      nextAttemptAt: sql`now()`,
    })
    .onConflictDoNothing({ target: messages.dedupeKey })
    .returning({ id: messages.id });
  if (!queued) return "duplicate";
  await recordEvent(tx, queued.id, {
    type: "queued",
    to: "pending",
    data: { inboundSid, answers: answered.messageId },
  });
  await enqueue(tx, "drain_sender", { senderId: sender.id });
  return "message_two";
}

async function factsFor(tx: Transaction, contactId: number, windowHours: number) {
  const [facts] = await queryRows<{
    now_ms: number;
    window_open: boolean;
    last_minute: number;
    last_day: number;
  }>(
    tx,
    sql`
    select (extract(epoch from now()) * 1000)::float8 as now_ms,
      coalesce(c.last_inbound_at + ${windowHours} * interval '1 hour' > now(), false) as window_open,
      (select count(*)::int from messages m where m.contact_id = c.id and m.message_type = 'message_2'
        and m.created_at > (now() - interval '60 seconds') at time zone 'UTC') as last_minute,
      (select count(*)::int from messages m where m.contact_id = c.id and m.message_type = 'message_2'
        and m.created_at > (now() - interval '24 hours') at time zone 'UTC') as last_day
    from contacts c where c.id = ${contactId}`,
  );
  if (!facts) throw new Error(`contact ${contactId} vanished`);
  return {
    now: new Date(facts.now_ms),
    windowOpen: facts.window_open,
    lastMinute: facts.last_minute,
    lastDay: facts.last_day,
  };
}

async function limitsOf(tx: Transaction): Promise<MessageTwoLimits> {
  const [stored] = await tx.select().from(settingsTable).where(eq(settingsTable.key, "message_two_limits"));
  return { ...defaultMessageTwoLimits, ...(stored?.value as Partial<MessageTwoLimits> | undefined) };
}

/** The sender of the answered message; rows taken over have none, the first configured sender answers for them. */
async function senderOf(
  tx: Transaction,
  answered: AnsweredMessage,
): Promise<{ id: number; address: string }> {
  const which = answered.senderId === null ? sql`true` : eq(senders.id, answered.senderId);
  const [sender] = await tx
    .select({ id: senders.id, address: senders.address })
    .from(senders)
    .where(which)
    .orderBy(senders.id)
    .limit(1);
  if (!sender) throw new Error("no sender is configured");
  return sender;
}
