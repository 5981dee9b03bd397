// A reply on its way into the ledger, whatever it says: from here on it is a message like others, before all bulk.
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import { recordEvent } from "#server/messages/locked-message.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { ensureSender, type SenderSettings } from "#server/senders/ensure-sender.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

export type ReplySettings = SenderSettings & { serviceWindowHours: number };

export type ReplyContent = {
  text: string;
  contentSid: string | null;
  contentVariables: Record<string, string> | null;
};

type Reply = ReplyContent & {
  user: SignedInUser;
  env: ReplySettings;
  /** the contact */
  id: number;
  /** in the ledger: one message has it */
  dedupeKey: string;
};

/** `isNew`: false when this key has been used before, and nothing was done. */
export type QueuedReply = { messageId: number; isNew: boolean };

/**
 * Queues a reply to one of the user's contacts, once per key. Whoever wants no messages gets none, and free text only
 * goes while the window is open; both are asked again at the claim. AppErrors contact.not_found, conversation.opted_out,
 * conversation.contact_flagged, conversation.window_closed.
 */
export async function queueReply(
  tx: Transaction,
  { user, env, id, dedupeKey, ...content }: Reply,
): Promise<QueuedReply> {
  const sender = await ensureSender(tx, env);
  const contact = await lockContact(tx, user, env, id);
  const [known] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.dedupeKey, dedupeKey), eq(messages.contactId, id)));
  if (known) return { messageId: known.id, isNew: false };
  if (contact.optedOutAt) throw new AppError("conversation.opted_out");
  if (contact.flag) throw new AppError("conversation.contact_flagged");
  if (content.contentSid === null && !contact.windowOpen) throw new AppError("conversation.window_closed");
  const [queued] = await tx
    .insert(messages)
    .values({
      contactId: id,
      messageType: "reply",
      content: content.text,
      status: "pending",
      senderId: sender.id,
      toAddress: whatsappAddress(contact.fullNumber),
      fromAddress: sender.address,
      contentSid: content.contentSid,
      contentVariables: content.contentVariables,
      dedupeKey,
      priority: 0,
      nextAttemptAt: sql`now()`,
      createdBy: user.id,
    })
    .returning({ id: messages.id });
  if (!queued) throw new Error("the reply could not be stored");
  await tx.update(contacts).set({ conversedAt: sql`now()` }).where(eq(contacts.id, id));
  await recordEvent(tx, queued.id, { type: "queued", to: "pending", data: { userId: user.id } });
  await enqueue(tx, "drain_sender", { senderId: sender.id });
  return { messageId: queued.id, isNew: true };
}

async function lockContact(tx: Transaction, user: SignedInUser, env: ReplySettings, id: number) {
  const [contact] = await tx
    .select({
      fullNumber: contacts.fullNumber,
      optedOutAt: contacts.optedOutAt,
      flag: contacts.flag,
      windowOpen: sql<boolean>`coalesce(
        ${contacts.lastInboundAt} + ${env.serviceWindowHours} * interval '1 hour' > clock_timestamp(), false)`,
    })
    .from(contacts)
    .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
    .for("no key update");
  if (!contact) throw new AppError("contact.not_found");
  return contact;
}
