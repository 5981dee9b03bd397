// The flight recorder: what happened to a message, from its row to the answer of the contact, oldest first. Built from
// the append-only events, the attempts and the inbound messages; nothing is recorded for it alone.
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { interactions, messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { requireMessage } from "#server/messages/queries.ts";
import { eventStep, factsOf } from "#server/messages/timeline-event.ts";
import type { MessageJournal, TimelineStep } from "#server/messages/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type OneMessage = { user: SignedInUser; id: number };
type MessageRow = typeof messages.$inferSelect;
type AttemptRow = typeof messageAttempts.$inferSelect;
type EventRow = typeof messageEvents.$inferSelect;
type AnswerRow = typeof interactions.$inferSelect;

/** The steps of one message of the user's. AppError `message.not_found`. */
export async function messageTimeline(db: Executor, asked: OneMessage): Promise<TimelineStep[]> {
  return stepsOf(await recordsOf(db, asked));
}

/** The steps with everything they were built from. AppError `message.not_found`. */
export async function exportJournal(db: Executor, asked: OneMessage): Promise<MessageJournal> {
  const records = await recordsOf(db, asked);
  const { message, attempts, events, answers } = records;
  const sids = attempts.flatMap(({ sid }) => sid ?? []);
  const { id, receivedAt, appliedAt, origin, verdict, diagnosis, result, params } = webhookEvents;
  const callbacks = sids.length
    ? await db
        .select({ id, receivedAt, appliedAt, origin, verdict, diagnosis, result, params })
        .from(webhookEvents)
        .where(and(inArray(webhookEvents.messageSid, sids), eq(webhookEvents.kind, "status")))
        .orderBy(asc(webhookEvents.id))
    : [];
  return {
    format: "relance-message-journal/1",
    exportedAt: new Date(),
    message,
    steps: stepsOf(records),
    attempts,
    events,
    callbacks,
    answers,
  };
}

type Records = {
  message: MessageRow;
  attempts: AttemptRow[];
  events: EventRow[];
  answers: AnswerRow[];
  /** Message 2 that followed the answers; the inbound message that this one, a Message 2, answers */
  followUps: MessageRow[];
};

async function recordsOf(db: Executor, { user, id }: OneMessage): Promise<Records> {
  await requireMessage(db, { user, id });
  const [message] = await db.select().from(messages).where(eq(messages.id, id));
  if (!message) throw new Error(`message ${id} vanished`);
  const attempts = await db
    .select()
    .from(messageAttempts)
    .where(eq(messageAttempts.messageId, id))
    .orderBy(asc(messageAttempts.number));
  const events = await db
    .select()
    .from(messageEvents)
    .where(eq(messageEvents.messageId, id))
    .orderBy(asc(messageEvents.id));
  const asked = message.dedupeKey?.startsWith("m2:") ? message.dedupeKey.slice(3) : null;
  const answers = await db
    .select()
    .from(interactions)
    .where(asked ? eq(interactions.inboundSid, asked) : eq(interactions.messageId, id))
    .orderBy(asc(interactions.id));
  const keys = asked ? [] : answers.flatMap(({ inboundSid }) => (inboundSid ? [`m2:${inboundSid}`] : []));
  const followUps = keys.length
    ? await db.select().from(messages).where(inArray(messages.dedupeKey, keys)).orderBy(asc(messages.id))
    : [];
  return { message, attempts, events, answers, followUps };
}

function stepsOf({ message, attempts, events, answers, followUps }: Records): TimelineStep[] {
  const numbers = new Map(attempts.map(({ id, number }) => [id, number]));
  const steps = [
    ...answers.map(answerStep),
    // 100,000 rows of a launch need no event each to say when they were made
    ...(events.some(({ type }) => type === "queued") ? [] : queuedStep(message, events)),
    ...attempts.flatMap((attempt) => attemptSteps(attempt, events)),
    ...events.map((event) => eventStep(event, numbers.get(event.attemptId ?? "") ?? null, attempts)),
    ...followUps.map(followUpStep),
  ];
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime() || rankOf(a) - rankOf(b));
}

/** Within one millisecond: a request follows its claim, and what came of it follows the request. */
function rankOf({ kind }: TimelineStep): number {
  const first = ["queued", "slot", "request", "answer"].indexOf(kind);
  return first === -1 ? 4 : first;
}

const plain = { attempt: null, fromStatus: null, toStatus: null };

function queuedStep({ createdAt, status, reason }: MessageRow, events: readonly EventRow[]): TimelineStep[] {
  if (!createdAt) return [];
  const skipped = status === "skipped" && events.every(({ toStatus }) => toStatus === null);
  return [
    {
      ...plain,
      at: createdAt,
      kind: "queued",
      toStatus: skipped ? "skipped" : "pending",
      facts: factsOf({ reason: skipped ? reason : null }),
    },
  ];
}

/** What the worker noted of a request: when it left, and what came back. */
function attemptSteps(attempt: AttemptRow, events: readonly EventRow[]): TimelineStep[] {
  const { id, number, slotAt, requestedAt, answeredAt, httpStatus } = attempt;
  if (!requestedAt) return [];
  const steps: TimelineStep[] = [
    {
      ...plain,
      at: requestedAt,
      kind: "request",
      attempt: number,
      facts: factsOf({ afterSlotMs: requestedAt.getTime() - slotAt.getTime(), attemptId: id }),
    },
  ];
  if (!answeredAt) return steps;
  const accepted = httpStatus !== null && httpStatus < 300;
  const called = events.some(({ attemptId, type }) => attemptId === id && type === "status");
  steps.push({
    ...plain,
    at: new Date(Math.max(answeredAt.getTime(), requestedAt.getTime())),
    kind: "answer",
    attempt: number,
    facts: factsOf({
      httpStatus,
      sid: accepted ? attempt.sid : null,
      // a callback writes its own code and text into the attempt: they were not this answer's
      code: accepted || called ? null : attempt.errorCode,
      message: accepted || called ? null : attempt.errorMessage,
      afterRequestMs: answeredAt.getTime() - requestedAt.getTime(),
    }),
  });
  return steps;
}

function answerStep({ id, receivedAt, content, inboundSid }: AnswerRow): TimelineStep {
  return {
    ...plain,
    at: receivedAt ?? new Date(0),
    kind: "contactAnswer",
    facts: factsOf({ content, inboundSid, interactionId: id }),
  };
}

function followUpStep({ id, campaignId, createdAt, status, content }: MessageRow): TimelineStep {
  return {
    ...plain,
    at: createdAt ?? new Date(0),
    kind: "messageTwo",
    facts: factsOf({ messageId: id, campaignId, status, content }),
  };
}
