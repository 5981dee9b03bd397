// One attempt: from the claim to the recorded outcome.
import { setTimeout as sleep } from "node:timers/promises";
import { maskPhone } from "#server/domain/phone.ts";
import { withoutNumbers } from "#server/log-error.ts";
import type { ClaimedMessage } from "#server/messages/claim-message.ts";
import type { SendingContext } from "#server/messages/drain-sender.ts";
import { type AttemptResult, type Settlement, settleAttempt } from "#server/messages/settle-attempt.ts";
import { countSend } from "#server/metrics/sends.ts";
import type { SendResult } from "#server/twilio/gateway.ts";

/** A suspended machine must not post what somebody else has settled meanwhile (engine.md 6). */
const claimGoodForMs = 5_000;
/** Storing an outcome is tried again this often for as long as the worker lives: claims wait for it. */
const storeAgainMs = 500;
/** After the worker was told to stop, this long; then the sweep of another worker finds the claim. */
const storeWhenStoppingMs = 10_000;

export type Stamp = { monotonic: number; wall: number };

/** A moment of this machine, to measure from. */
export const stamp = (): Stamp => ({ monotonic: performance.now(), wall: Date.now() });
/** The monotonic clock may stand still while the machine is suspended, the wall clock does not. */
const since = (from: Stamp): number => Math.max(performance.now() - from.monotonic, Date.now() - from.wall);

/**
 * Sends a claimed message and records what came of it. `asked` is the moment before the claim was asked for: the claim is
 * not older than that, however long its answer took. Never throws for Twilio's sake.
 */
export async function sendClaimed(
  context: SendingContext,
  senderId: number,
  claim: ClaimedMessage,
  asked: Stamp,
): Promise<void> {
  const received = stamp();
  const tooOld = since(asked) > claimGoodForMs;
  const requestedAfterMs = tooOld ? null : since(received);
  const result = tooOld ? ({ kind: "givenBack" } as const) : await request(context, claim);
  logOutcome(context, claim, result);
  countSend(result, (claim.lateMs + (requestedAfterMs ?? 0)) / 1000);
  await store(context, {
    messageId: claim.messageId,
    attemptId: claim.attemptId,
    senderId,
    result,
    requestedAfterMs,
  });
}

function request({ gateway }: SendingContext, claim: ClaimedMessage): Promise<SendResult> {
  return gateway.send({
    to: claim.toAddress,
    from: claim.fromAddress,
    attemptId: claim.attemptId,
    content: claim.content,
    contentSid: claim.contentSid,
    contentVariables: claim.contentVariables,
  });
}

/** Criteria 2.5 and 5.4: every refusal is logged with Twilio's code and text. */
function logOutcome({ log }: SendingContext, claim: ClaimedMessage, result: AttemptResult): void {
  const { messageId, attemptId, requestId } = claim;
  const sending = { requestId, messageId, attemptId, to: maskPhone(claim.toAddress) };
  if (result.kind === "accepted") {
    log.info({ ...sending, sid: result.sid }, "message accepted");
    return;
  }
  const { kind, ...details } = result;
  const message = "message" in details ? withoutNumbers(details.message) : undefined;
  log.warn({ ...sending, kind, ...details, message }, "message not accepted");
}

/** Keeps the outcome until the database has it: nothing else is claimed by this drainer meanwhile. */
async function store(context: SendingContext, settlement: Settlement): Promise<void> {
  let stoppingSince: number | null = null;
  for (let again = false; ; again = true) {
    try {
      return await settleAttempt(context.db, context.env, { ...settlement, again });
    } catch (error) {
      if (context.stopping.aborted) stoppingSince ??= performance.now();
      const sid = settlement.result.kind === "accepted" ? settlement.result.sid : undefined;
      context.log.error({ err: error, messageId: settlement.messageId, sid }, "outcome not stored yet");
      if (stoppingSince !== null && performance.now() - stoppingSince > storeWhenStoppingMs) throw error;
      await sleep(storeAgainMs);
    }
  }
}
