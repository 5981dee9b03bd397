// Every change of a message's status goes through here: locks in one order, the table of moves, the event.
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { canMoveMessage, type MessageCause, type MessageStatus } from "#server/domain/message-status.ts";

export type CampaignRow = typeof campaigns.$inferSelect;
export type MessageRow = typeof messages.$inferSelect & { status: MessageStatus };
export type LockedMessage = { campaign: CampaignRow | null; message: MessageRow };

/** SQL values are allowed, so that the database's clock is the clock. */
type MessagePatch = Partial<{ [Column in keyof typeof messages.$inferInsert]: unknown }>;

/**
 * Locks a message after its campaign (the other order deadlocks against cancel; a sender, if needed, is locked before).
 * Null when there is no such message.
 */
export async function lockMessage(tx: Transaction, messageId: number): Promise<LockedMessage | null> {
  const ofMessage = tx.select({ id: messages.campaignId }).from(messages).where(eq(messages.id, messageId));
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(eq(campaigns.id, sql`(${ofMessage})`))
    .for("no key update");
  const [message] = await tx.select().from(messages).where(eq(messages.id, messageId)).for("update");
  if (!message) return null;
  return { campaign: campaign ?? null, message: { ...message, status: message.status ?? "pending" } };
}

export type Move = {
  cause: MessageCause;
  to: MessageStatus;
  attemptId?: string | null;
  patch?: MessagePatch;
  /** kept in the event */
  data?: Record<string, unknown>;
};

/**
 * Moves a locked message as the table of moves allows, and records it; what the table does not allow is recorded as
 * ignored and changes nothing. Under a cancelled campaign what would wait again is cancelled. Counters follow by trigger.
 * Returns the status the message has now; `locked` is kept up to date.
 */
export async function moveMessage(
  tx: Transaction,
  locked: LockedMessage,
  move: Move,
): Promise<MessageStatus> {
  const { message, campaign } = locked;
  const to = move.to === "pending" && campaign?.status === "cancelled" ? "cancelled" : move.to;
  if (!canMoveMessage(move.cause, message.status, to)) {
    await recordEvent(tx, message.id, {
      type: `ignored_${move.cause}`,
      attemptId: move.attemptId,
      from: message.status,
      to,
      data: move.data,
    });
    return message.status;
  }
  const waits = to === "pending";
  const patch = { ...move.patch, ...(waits ? {} : { nextAttemptAt: null }), status: to } as Partial<
    typeof messages.$inferInsert
  >;
  const [updated] = await tx
    .update(messages)
    .set(patch)
    .where(and(eq(messages.id, message.id), eq(messages.status, message.status)))
    .returning();
  if (!updated) throw new Error(`message ${message.id} changed while locked`);
  await recordEvent(tx, message.id, {
    type: move.cause,
    attemptId: move.attemptId,
    from: message.status,
    to,
    data: move.data,
  });
  locked.message = { ...updated, status: to };
  return to;
}

export type EventInput = {
  type: string;
  attemptId?: string | null;
  from?: MessageStatus | null;
  to?: MessageStatus | null;
  data?: Record<string, unknown>;
};

/** Appends to the history of a message; nothing is ever changed there. */
export async function recordEvent(tx: Transaction, messageId: number, event: EventInput): Promise<void> {
  await tx.insert(messageEvents).values({
    messageId,
    attemptId: event.attemptId ?? null,
    type: event.type,
    fromStatus: event.from ?? null,
    toStatus: event.to ?? null,
    data: event.data ?? null,
  });
}

/** `now()` plus seconds, by the database's clock. */
export function secondsFromNow(seconds: number): SQL {
  return sql`now() + ${seconds} * interval '1 second'`;
}
