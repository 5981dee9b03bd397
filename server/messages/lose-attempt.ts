import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { messageAttempts } from "#db/schema/messages.ts";
import { lookDelay } from "#server/domain/retry-policy.ts";
import { type LockedMessage, moveMessage } from "#server/messages/locked-message.ts";

export type Loss = { attemptId: string; message: string; delaysSeconds: readonly number[] };

/**
 * Nobody knows whether Twilio took the message: it is `uncertain`, never sent again blindly, and Twilio is asked for the
 * first time one retry delay after the attempt (engine.md 8).
 */
export async function loseAttempt(tx: Transaction, locked: LockedMessage, loss: Loss): Promise<void> {
  if (locked.message.status !== "sending") return;
  const [attempt] = await tx
    .update(messageAttempts)
    .set({ outcome: sql`coalesce(${messageAttempts.outcome}, 'uncertain')` })
    .where(eq(messageAttempts.id, loss.attemptId))
    .returning({ claimedAt: messageAttempts.claimedAt });
  if (!attempt) return;
  await moveMessage(tx, locked, {
    cause: "lose",
    to: "uncertain",
    attemptId: loss.attemptId,
    patch: {
      nextCheckAt: sql`(select claimed_at + ${lookDelay(0, loss.delaysSeconds) ?? 60} * interval '1 second' from message_attempts where id = ${loss.attemptId})`,
      checkCount: 0,
      errorMessage: loss.message,
    },
    data: { message: loss.message },
  });
}
