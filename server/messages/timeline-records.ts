// What the timeline of a message is built from.
import { asc, eq, inArray, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Executor } from "#db/client.ts";
import { interactions, messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";

export type MessageRow = typeof messages.$inferSelect;
type AttemptRow = typeof messageAttempts.$inferSelect;
export type EventRow = typeof messageEvents.$inferSelect;
export type AnswerRow = typeof interactions.$inferSelect;

/**
 * In microseconds, as PostgreSQL keeps an instant: a `Date` ends at the millisecond, within which a claim can be given
 * up and answered after all.
 */
const exact = (column: PgColumn) =>
  sql<number | null>`(extract(epoch from ${column}) * 1000000)::bigint`.mapWith(Number);

export type Exact<Row> = { row: Row; at: number | null };
export type ExactAttempt = Exact<AttemptRow> & { requestedAt: number | null; answeredAt: number | null };

export type Records = {
  message: Exact<MessageRow>;
  attempts: ExactAttempt[];
  events: Exact<EventRow>[];
  answers: Exact<AnswerRow>[];
  /** Message 2 that followed the answers; the inbound message that this one, a Message 2, answers */
  followUps: Exact<MessageRow>[];
};

/** All rows about the message `id`, which the caller may see. */
export async function recordsOf(db: Executor, id: number): Promise<Records> {
  const timedMessage = { row: messages, at: exact(messages.createdAt) };
  const [message] = await db.select(timedMessage).from(messages).where(eq(messages.id, id));
  if (!message) throw new Error(`message ${id} vanished`);
  const attempts = await db
    .select({
      row: messageAttempts,
      at: exact(messageAttempts.claimedAt),
      requestedAt: exact(messageAttempts.requestedAt),
      answeredAt: exact(messageAttempts.answeredAt),
    })
    .from(messageAttempts)
    .where(eq(messageAttempts.messageId, id))
    .orderBy(asc(messageAttempts.number));
  const events = await db
    .select({ row: messageEvents, at: exact(messageEvents.at) })
    .from(messageEvents)
    .where(eq(messageEvents.messageId, id))
    .orderBy(asc(messageEvents.id));
  const asked = message.row.dedupeKey?.startsWith("m2:") ? message.row.dedupeKey.slice(3) : null;
  const answers = await db
    .select({ row: interactions, at: exact(interactions.receivedAt) })
    .from(interactions)
    .where(asked ? eq(interactions.inboundSid, asked) : eq(interactions.messageId, id))
    .orderBy(asc(interactions.id));
  const keys = asked ? [] : answers.flatMap(({ row }) => (row.inboundSid ? [`m2:${row.inboundSid}`] : []));
  const followUps = keys.length
    ? await db
        .select(timedMessage)
        .from(messages)
        .where(inArray(messages.dedupeKey, keys))
        .orderBy(asc(messages.id))
    : [];
  return { message, attempts, events, answers, followUps };
}
