// The looks at Twilio for a message nobody knows the fate of (engine.md 8).
import { eq, sql } from "drizzle-orm";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import type { AttemptFinding } from "#server/domain/failures.ts";
import { lookDelay } from "#server/domain/retry-policy.ts";
import { applyStatus } from "#server/messages/apply-status.ts";
import type { CheckContext, Turn } from "#server/messages/check-messages.ts";
import { retryOrFail } from "#server/messages/fail-message.ts";
import { findCandidates } from "#server/messages/find-candidates.ts";
import { lockMessage, recordEvent } from "#server/messages/locked-message.ts";

type AttemptRow = typeof messageAttempts.$inferSelect;

/**
 * Looks once: exactly one message at Twilio that no attempt owns is adopted; several are left to the admin; none at the
 * last look allows another attempt, which counts as a retry. A look out of turn may adopt, and is none of the three.
 * Throws a GatewayError, which is no look.
 */
export async function settleUncertain(
  context: CheckContext,
  messageId: number,
  attempt: AttemptRow,
  { inTurn }: Turn,
): Promise<void> {
  const { db, env } = context;
  const candidates = await findCandidates(context, messageId, attempt);
  await db.transaction(async (tx) => {
    const [only] = candidates;
    if (only && candidates.length === 1) {
      await applyStatus(tx, env, {
        attemptId: attempt.id,
        sid: only.sid,
        status: only.status,
        to: only.to,
        errorCode: only.errorCode,
        errorMessage: only.errorMessage,
        by: "found",
      });
      return;
    }
    const locked = await lockMessage(tx, messageId);
    if (locked?.message.status !== "uncertain" || locked.message.currentAttemptId !== attempt.id) return;
    const look = locked.message.checkCount;
    const sids = candidates.map(({ sid }) => sid);
    await recordEvent(tx, messageId, {
      type: "look",
      attemptId: attempt.id,
      data: { ...(inTurn ? { look: look + 1 } : { byHand: true }), candidates: sids },
    });
    if (candidates.length > 1) {
      await tx
        .update(messages)
        .set({ nextCheckAt: null, reason: "several_candidates" })
        .where(eq(messages.id, messageId));
      return;
    }
    if (!inTurn) return;
    const nextLook = lookDelay(look + 1, env.retryDelaysSeconds);
    if (nextLook !== null) {
      await tx
        .update(messages)
        .set({
          checkCount: look + 1,
          nextCheckAt: sql`(select claimed_at + ${nextLook} * interval '1 second' from message_attempts where id = ${attempt.id})`,
        })
        .where(eq(messages.id, messageId));
      return;
    }
    await tx.update(messageAttempts).set({ outcome: "absent" }).where(eq(messageAttempts.id, attempt.id));
    const refusal = {
      attemptId: attempt.id,
      code: null,
      message: "absent_at_twilio" satisfies AttemptFinding,
    };
    await retryOrFail(tx, locked, refusal, env.retryDelaysSeconds, sql`now()`);
  });
}
