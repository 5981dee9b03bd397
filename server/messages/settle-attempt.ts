// What becomes of a message when its request has an answer, or has none (engine.md 7).
import { eq, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { type AttemptOutcome, messageAttempts } from "#db/schema/messages.ts";
import { acceptAnswer } from "#server/messages/accept-answer.ts";
import { acceptAttempt } from "#server/messages/accept-attempt.ts";
import { failForGood, giveBack, type Refusal, retryOrFail } from "#server/messages/fail-message.ts";
import { type LockedMessage, lockMessage, recordEvent } from "#server/messages/locked-message.ts";
import { loseAttempt } from "#server/messages/lose-attempt.ts";
import { senderAnswered, senderRefused, senderUncertain } from "#server/senders/sender-health.ts";
import { catalogueEntry } from "#server/twilio/error-catalogue.ts";
import type { SendResult } from "#server/twilio/gateway.ts";

/** `givenBack`: the request was not made, the claim having grown too old. */
export type AttemptResult = SendResult | { kind: "givenBack" };

export type Settlement = {
  messageId: number;
  attemptId: string;
  senderId: number;
  result: AttemptResult;
  /** milliseconds from claim to request, by the worker's monotonic clock; null when none was made */
  requestedAfterMs: number | null;
  /** set when an earlier call failed, which may have been committed all the same */
  again?: boolean;
};

export type SettleSettings = { retryDelaysSeconds: readonly number[] };

/**
 * Records the outcome of an attempt and moves its message, in one transaction. An answer that comes after the message
 * went on without it (another attempt, a callback) is recorded with the attempt and moves nothing. Throws only when the
 * database does; the caller then keeps the outcome and tries again.
 */
export async function settleAttempt(
  db: Database,
  settings: SettleSettings,
  settlement: Settlement,
): Promise<void> {
  if (!settlement.again && (await acceptAnswer(db, settlement))) return;
  await db.transaction(async (tx) => {
    const { result, attemptId, messageId, senderId } = settlement;
    if (settlement.again && (await isClosed(tx, attemptId))) return;
    await noteSender(tx, senderId, result);
    const locked = await lockMessage(tx, messageId);
    if (!locked) return;
    const current = locked.message.currentAttemptId === attemptId;
    const waits = locked.message.status === "sending" || locked.message.status === "uncertain";
    await closeAttempt(tx, settlement);
    if (!current || !(waits || result.kind === "accepted"))
      return recordEvent(tx, messageId, { type: "late_answer", attemptId, data: { kind: result.kind } });
    await applyResult(tx, settings, locked, settlement);
  });
}

async function noteSender(tx: Transaction, senderId: number, result: AttemptResult): Promise<void> {
  if (result.kind === "accepted") return senderAnswered(tx, senderId);
  if (result.kind === "refused") return senderRefused(tx, senderId, result.code);
  if (result.kind === "unknown") return senderUncertain(tx, senderId);
}

async function applyResult(
  tx: Transaction,
  settings: SettleSettings,
  locked: LockedMessage,
  { attemptId, result }: Settlement,
): Promise<void> {
  switch (result.kind) {
    case "accepted":
      return acceptAttempt(tx, locked, { attemptId, sid: result.sid, by: "answer" });
    case "givenBack":
      return giveBack(tx, locked, { attemptId, code: null, message: null });
    case "unreachable":
      return retryOrFail(
        tx,
        locked,
        { attemptId, code: null, message: result.message },
        settings.retryDelaysSeconds,
      );
    case "unknown":
      return loseAttempt(tx, locked, {
        attemptId,
        message: result.message,
        delaysSeconds: settings.retryDelaysSeconds,
      });
    case "refused":
      return applyRefusal(tx, settings, locked, { attemptId, code: result.code, message: result.message });
  }
}

async function applyRefusal(
  tx: Transaction,
  settings: SettleSettings,
  locked: LockedMessage,
  refusal: Refusal,
): Promise<void> {
  switch (catalogueEntry(refusal.code).class) {
    case "retryable":
      return retryOrFail(tx, locked, refusal, settings.retryDelaysSeconds);
    case "account":
      return giveBack(tx, locked, refusal);
    default:
      return failForGood(tx, locked, refusal);
  }
}

const outcomes: Record<AttemptResult["kind"], AttemptOutcome> = {
  accepted: "accepted",
  unreachable: "retryable",
  unknown: "uncertain",
  givenBack: "given_back",
  refused: "refused",
};

function outcomeOf(result: AttemptResult): AttemptOutcome {
  if (result.kind !== "refused") return outcomes[result.kind];
  const { class: errorClass } = catalogueEntry(result.code);
  if (errorClass === "retryable") return "retryable";
  return errorClass === "account" ? "account" : "refused";
}

/** Closes the attempt's own row; what a callback has already said about it stays. */
async function closeAttempt(
  tx: Transaction,
  { attemptId, result, requestedAfterMs }: Settlement,
): Promise<void> {
  const requestedAt: SQL | null =
    requestedAfterMs === null
      ? null
      : sql`${messageAttempts.claimedAt} + ${requestedAfterMs} * interval '1 millisecond'`;
  await tx
    .update(messageAttempts)
    .set({
      requestedAt,
      answeredAt: sql`now()`,
      outcome: sql`coalesce(nullif(${messageAttempts.outcome}, 'uncertain'), ${outcomeOf(result)})`,
      ...(result.kind === "accepted" && { sid: result.sid }),
      ...("httpStatus" in result && { httpStatus: result.httpStatus }),
      ...(result.kind === "refused" && { errorCode: result.code }),
      ...("message" in result && { errorMessage: result.message }),
    })
    .where(eq(messageAttempts.id, attemptId));
}

async function isClosed(tx: Transaction, attemptId: string): Promise<boolean> {
  const [attempt] = await tx
    .select({ answeredAt: messageAttempts.answeredAt })
    .from(messageAttempts)
    .where(eq(messageAttempts.id, attemptId));
  return !attempt || attempt.answeredAt !== null;
}
