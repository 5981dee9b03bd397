// The looks at Twilio for a message nobody knows the fate of (engine.md 8).
import { eq, inArray, sql } from "drizzle-orm";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { lookDelay } from "#server/domain/retry-policy.ts";
import { applyStatus } from "#server/messages/apply-status.ts";
import type { CheckContext } from "#server/messages/check-messages.ts";
import { retryOrFail } from "#server/messages/fail-message.ts";
import { lockMessage, recordEvent } from "#server/messages/locked-message.ts";
import type { RemoteMessage } from "#server/twilio/gateway.ts";

type AttemptRow = typeof messageAttempts.$inferSelect;

/** Twilio's creation time has whole seconds, and its clock is not ours. */
const beforeMs = 5_000;
const afterMs = 120_000;

/**
 * Looks once: exactly one message at Twilio that no attempt owns is adopted; several are left to the admin; none at the
 * last look allows another attempt, which counts as a retry. Throws a GatewayError, which is no look.
 */
export async function settleUncertain(
  context: CheckContext,
  messageId: number,
  attempt: AttemptRow,
): Promise<void> {
  const { db, env } = context;
  const candidates = await unownedCandidates(context, messageId, attempt);
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
      data: { look: look + 1, candidates: sids },
    });
    if (candidates.length > 1) {
      await tx
        .update(messages)
        .set({ nextCheckAt: null, reason: "several_candidates" })
        .where(eq(messages.id, messageId));
      return;
    }
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
    const refusal = { attemptId: attempt.id, code: null, message: "absent_at_twilio" };
    await retryOrFail(tx, locked, refusal, env.retryDelaysSeconds, "now");
  });
}

async function unownedCandidates(
  { db, gateway }: CheckContext,
  messageId: number,
  attempt: AttemptRow,
): Promise<RemoteMessage[]> {
  const [message] = await db
    .select({ to: messages.toAddress, from: messages.fromAddress })
    .from(messages)
    .where(eq(messages.id, messageId));
  if (!message?.to || !message.from) return [];
  const since = new Date(attempt.claimedAt.getTime() - beforeMs);
  const until = attempt.claimedAt.getTime() + afterMs;
  const found = await gateway.findSent({ to: message.to, from: message.from, since });
  const inTime = found.filter((remote) => remote.createdAt.getTime() <= until);
  if (inTime.length === 0) return [];
  const owned = await db
    .select({ sid: messageAttempts.sid })
    .from(messageAttempts)
    .where(
      inArray(
        messageAttempts.sid,
        inTime.map(({ sid }) => sid),
      ),
    );
  const ownedSids = new Set(owned.map(({ sid }) => sid));
  return inTime.filter(({ sid }) => !ownedSids.has(sid));
}
