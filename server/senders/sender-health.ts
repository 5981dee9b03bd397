// What an outcome says about the sender itself. Locks the sender's row, so it comes before campaign and message.
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import type { SenderPauseReason } from "#server/domain/failures.ts";
import {
  rateLimitPauseMs,
  refusalsThatPauseSender,
  uncertainThatPauseSender,
} from "#server/domain/retry-policy.ts";
import { catalogueEntry, channelCodes } from "#server/twilio/error-catalogue.ts";

/** Twilio answered: it can be reached. Takes no lock when nobody doubted it. */
export async function senderAnswered(tx: Transaction, senderId: number): Promise<void> {
  await tx
    .update(senders)
    .set({ uncertainStreak: 0 })
    .where(and(eq(senders.id, senderId), sql`${senders.uncertainStreak} <> 0`));
}

/**
 * WhatsApp took a message of the attempt: Twilio found the sender, as it had not proved by accepting the request, after
 * which 63007 may still come. Only the refusals of later attempts are then in a row. Takes no lock when none was.
 */
export async function senderFound(tx: Transaction, senderId: number, attemptId: string): Promise<void> {
  const refusedLater = tx
    .select({ count: sql`count(*)` })
    .from(messageAttempts)
    .innerJoin(messages, eq(messages.id, messageAttempts.messageId))
    .where(
      and(
        eq(messages.senderId, senderId),
        inArray(messageAttempts.errorCode, channelCodes),
        sql`${messageAttempts.slotAt} > (select slot_at from message_attempts where id = ${attemptId})`,
      ),
    );
  await tx
    .update(senders)
    .set({ refusalStreak: sql`least(${senders.refusalStreak}, (${refusedLater}))` })
    .where(and(eq(senders.id, senderId), sql`${senders.refusalStreak} <> 0`));
}

/** Twilio refused with `code`: paces after a rate limit, pauses after an account refusal or three 63007 in a row. */
export async function senderRefused(tx: Transaction, senderId: number, code: number | null): Promise<void> {
  const entry = catalogueEntry(code);
  await senderAnswered(tx, senderId);
  if (entry.class === "retryable") return paceSender(tx, senderId);
  if (entry.class === "account")
    return pauseSender(tx, senderId, { reason: "account", code, hours: entry.pauseHours });
  if (entry.class !== "channel") return;
  const [sender] = await tx
    .update(senders)
    .set({ refusalStreak: sql`${senders.refusalStreak} + 1` })
    .where(eq(senders.id, senderId))
    .returning({ streak: senders.refusalStreak });
  if (sender && sender.streak >= refusalsThatPauseSender) {
    await pauseSender(tx, senderId, { reason: "sender_not_found", code });
  }
}

/** Nobody knows whether Twilio accepted: ten in a row pause the sender, which then probes every minute. */
export async function senderUncertain(tx: Transaction, senderId: number): Promise<void> {
  const [sender] = await tx
    .update(senders)
    .set({ uncertainStreak: sql`${senders.uncertainStreak} + 1` })
    .where(eq(senders.id, senderId))
    .returning({ streak: senders.uncertainStreak });
  if (sender && sender.streak >= uncertainThatPauseSender) {
    await pauseSender(tx, senderId, { reason: "twilio_unreachable", code: null });
    await tx
      .update(senders)
      .set({ nextProbeAt: sql`now() + interval '60 seconds'` })
      .where(eq(senders.id, senderId));
  }
}

async function paceSender(tx: Transaction, senderId: number): Promise<void> {
  await tx
    .update(senders)
    .set({
      nextSlotAt: sql`greatest(${senders.nextSlotAt}, clock_timestamp() + ${rateLimitPauseMs} * interval '1 millisecond')`,
    })
    .where(eq(senders.id, senderId));
}

type Pause = { reason: SenderPauseReason; code: number | null; hours?: number };

/** The first reason stays: it is the one an admin has to look at. */
async function pauseSender(tx: Transaction, senderId: number, { reason, code, hours }: Pause): Promise<void> {
  await tx
    .update(senders)
    .set({
      pauseReason: reason,
      pauseCode: code,
      pausedAt: sql`now()`,
      pausedUntil: hours === undefined ? null : sql`now() + ${hours} * interval '1 hour'`,
    })
    .where(and(eq(senders.id, senderId), isNull(senders.pauseReason)));
}
