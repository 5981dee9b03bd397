import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { messageAttempts } from "#db/schema/messages.ts";
import { pollDelay } from "#server/domain/retry-policy.ts";
import { type LockedMessage, moveMessage, secondsFromNow } from "#server/messages/locked-message.ts";

export type Acceptance = {
  attemptId: string;
  sid: string;
  /** how it became known */
  by: "answer" | "callback" | "found";
};

/**
 * Twilio has this attempt under this SID: the message is `sent`, with the SID and the time (criteria 2.4, 2.6 and 6.5).
 * A message that is further already stays where it is. The caller has checked that the attempt is the message's current
 * one.
 */
export async function acceptAttempt(
  tx: Transaction,
  locked: LockedMessage,
  acceptance: Acceptance,
): Promise<void> {
  const { attemptId, sid, by } = acceptance;
  const [attempt] = await tx
    .select({ outcome: messageAttempts.outcome })
    .from(messageAttempts)
    .where(eq(messageAttempts.id, attemptId));
  const { status } = locked.message;
  const waiting = status === "sending" || status === "uncertain";
  const declaredAbsent = status === "pending" && attempt?.outcome === "absent";
  if (!waiting && !declaredAbsent) return;
  await tx.update(messageAttempts).set({ sid, outcome: "accepted" }).where(eq(messageAttempts.id, attemptId));
  await moveMessage(tx, locked, {
    cause: waiting ? "accept" : "prove",
    to: "sent",
    attemptId,
    patch: {
      whatsappMessageId: sid,
      sentAt: sql`now()`,
      errorCode: null,
      errorMessage: null,
      reason: null,
      failedAt: null,
      nextCheckAt: secondsFromNow(pollDelay(0) ?? 0),
      checkCount: 0,
    },
    data: { sid, by },
  });
}
