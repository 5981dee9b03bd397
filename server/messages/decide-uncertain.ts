// Several messages at Twilio may be the one nobody knows the fate of: a person decides, never chance (engine.md 8).
import { eq, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { isUniqueViolation } from "#db/errors.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import type { AttemptFinding } from "#server/domain/failures.ts";
import { AppError } from "#server/errors.ts";
import { applyStatus } from "#server/messages/apply-status.ts";
import { retryOrFail } from "#server/messages/fail-message.ts";
import { findCandidates } from "#server/messages/find-candidates.ts";
import { type LockedMessage, lockMessage, recordEvent } from "#server/messages/locked-message.ts";
import { requireUndecided } from "#server/messages/undecided.ts";
import { GatewayError, type RemoteMessage, type WhatsAppGateway } from "#server/twilio/gateway.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Asked = { db: Executor; gateway: WhatsAppGateway };
type OneMessage = { user: SignedInUser; id: number };

/** The candidates of an undecided message of the user's, as Twilio shows them now, newest first. */
export type Candidates = { attemptId: string; candidates: RemoteMessage[] };

/**
 * Asks Twilio what may be this message. AppErrors: message.not_found (another's alike), message.not_undecided,
 * twilio.unreachable.
 */
export async function askCandidates({ db, gateway }: Asked, { user, id }: OneMessage): Promise<Candidates> {
  const attempt = await requireUndecided(db, { user, id });
  try {
    return { attemptId: attempt.id, candidates: await findCandidates({ db, gateway }, id, attempt) };
  } catch (error) {
    if (error instanceof GatewayError) throw new AppError("twilio.unreachable");
    throw error;
  }
}

export type Decision = {
  messageId: number;
  /** of the attempt the candidates were asked for */
  attemptId: string;
  /** as Twilio has just shown them */
  candidates: readonly RemoteMessage[];
  /** of the candidate that is this message; null: none of them is */
  sid: string | null;
  user: SignedInUser;
  env: { retryDelaysSeconds: readonly number[] };
};

/**
 * Settles an undecided message: it becomes what Twilio says of the adopted candidate, or it is tried again, at the
 * earliest when the third look would have allowed it, which uses a retry; it fails when these are used up. Whoever comes
 * second (another admin, a callback) changes nothing. Returns the status it has now. AppErrors: message.not_undecided,
 * message.candidate_gone. Ownership is checked by `askCandidates`.
 */
export async function decideUncertain(tx: Transaction, decision: Decision): Promise<string> {
  const { messageId, attemptId, sid, user, env } = decision;
  const adopted = sid === null ? null : decision.candidates.find((candidate) => candidate.sid === sid);
  if (adopted === undefined) throw new AppError("message.candidate_gone");
  if (adopted) await lockSender(tx, messageId);
  const locked = await lockMessage(tx, messageId);
  const { status, reason, currentAttemptId } = locked?.message ?? {};
  const open = status === "uncertain" && reason === "several_candidates" && currentAttemptId === attemptId;
  if (!locked || !open) throw new AppError("message.not_undecided");
  await recordEvent(tx, messageId, {
    type: "decide",
    attemptId,
    data: { sid, userId: user.id },
  });
  if (adopted) await adopt(tx, env, attemptId, adopted);
  else await declareAbsent(tx, env, locked, attemptId);
  const after = await lockMessage(tx, messageId);
  return after?.message.status ?? "uncertain";
}

/** Before campaign and message, like everybody: what Twilio says may concern the sender too. */
async function lockSender(tx: Transaction, messageId: number): Promise<void> {
  const ofMessage = tx.select({ id: messages.senderId }).from(messages).where(eq(messages.id, messageId));
  await tx
    .select({ id: senders.id })
    .from(senders)
    .where(eq(senders.id, sql`(${ofMessage})`))
    .for("no key update");
}

async function adopt(
  tx: Transaction,
  env: Decision["env"],
  attemptId: string,
  { sid, status, to, errorCode, errorMessage }: RemoteMessage,
): Promise<void> {
  const [owner] = await tx
    .select({ id: messageAttempts.id })
    .from(messageAttempts)
    .where(eq(messageAttempts.sid, sid));
  if (owner) throw new AppError("message.candidate_gone");
  try {
    const result = await applyStatus(tx, env, {
      attemptId,
      sid,
      status,
      to,
      errorCode,
      errorMessage,
      by: "found",
    });
    if (result !== "applied") throw new AppError("message.candidate_gone");
  } catch (error) {
    // somebody adopted it at this very moment
    if (isUniqueViolation(error, "message_attempts_sid_unique")) throw new AppError("message.candidate_gone");
    throw error;
  }
}

async function declareAbsent(
  tx: Transaction,
  { retryDelaysSeconds }: Decision["env"],
  locked: LockedMessage,
  attemptId: string,
): Promise<void> {
  const [attempt] = await tx
    .update(messageAttempts)
    .set({ outcome: "absent" })
    .where(eq(messageAttempts.id, attemptId))
    .returning({ claimedAt: messageAttempts.claimedAt });
  if (!attempt) throw new Error(`attempt ${attemptId} vanished`);
  const lastLook = retryDelaysSeconds.at(-1) ?? 0;
  const allowedAt = sql`greatest(now(), (select claimed_at + ${lastLook} * interval '1 second'
    from message_attempts where id = ${attemptId}))`;
  const refusal = { attemptId, code: null, message: "absent_at_twilio" satisfies AttemptFinding };
  await retryOrFail(tx, locked, refusal, retryDelaysSeconds, allowedAt);
}
