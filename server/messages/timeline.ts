// The flight recorder: what happened to a message, from its row to the answer of the contact, oldest first. Built from
// the append-only events, the attempts and the inbound messages; nothing is recorded for it alone.
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { requireMessage } from "#server/messages/queries.ts";
import { recordsOf } from "#server/messages/timeline-records.ts";
import { stepsOf } from "#server/messages/timeline-steps.ts";
import type { MessageJournal, TimelineStep } from "#server/messages/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type OneMessage = { user: SignedInUser; id: number };

/** The steps of one message of the user's. AppError `message.not_found`. */
export async function messageTimeline(db: Executor, asked: OneMessage): Promise<TimelineStep[]> {
  await requireMessage(db, asked);
  return stepsOf(await recordsOf(db, asked.id));
}

/** The steps with everything they were built from. AppError `message.not_found`. */
export async function exportJournal(db: Executor, asked: OneMessage): Promise<MessageJournal> {
  await requireMessage(db, asked);
  const records = await recordsOf(db, asked.id);
  const { attempts, events, answers } = records;
  const sids = attempts.flatMap(({ row }) => row.sid ?? []);
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
    message: records.message.row,
    steps: stepsOf(records),
    attempts: attempts.map(({ row }) => row),
    events: events.map(({ row }) => row),
    callbacks,
    answers: answers.map(({ row }) => row),
  };
}
