import { and, eq, inArray, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { currentRequest } from "#db/schema/columns.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { canRetryMessages } from "#server/domain/campaign-status.ts";
import { AppError } from "#server/errors.ts";
import { causedBy, type FailureCause } from "#server/messages/failure-cause.ts";
import { enqueue } from "#server/queue/enqueue.ts";

export type RetryFailedInput = {
  campaignId: number;
  /** one message; else some of them, all that failed, or the Message 1 that failed for one cause */
  messageId?: number | null;
  messageIds?: readonly number[];
  cause?: FailureCause | null;
};

/**
 * Sends again what failed for good, all of a campaign, those of one cause, or one message: its automatic retries start
 * anew, and a completed campaign goes on. Tests are sent again one by one only. Returns how many messages wait again. A
 * paused campaign stays paused; a cancelled one refuses (campaign.wrong_status). Ownership is the caller's to check.
 */
export async function retryFailed(
  db: Executor,
  { campaignId, messageId, messageIds, cause }: RetryFailedInput,
): Promise<number> {
  return db.transaction(async (tx) => {
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
    if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
    const status = campaign.status ?? "draft";
    if (!canRetryMessages(status)) throw new AppError("campaign.wrong_status", { status });
    const chosen: SQL[] = [
      eq(messages.campaignId, campaignId),
      eq(messages.status, "failed"),
      isNotNull(messages.toAddress),
    ];
    if (messageId) chosen.push(eq(messages.id, messageId));
    else chosen.push(ne(messages.messageType, "test"));
    if (messageIds) chosen.push(inArray(messages.id, [...messageIds]));
    if (cause) chosen.push(eq(messages.messageType, "message_1"), ...causedBy(cause));
    const waiting = await tx
      .update(messages)
      .set({
        status: "pending",
        retryCount: 0,
        nextAttemptAt: sql`now()`,
        priority: sql`least(${messages.priority}, 1)`,
        failedAt: null,
        errorCode: null,
        errorMessage: null,
        reason: null,
        nextCheckAt: null,
        checkCount: 0,
        requestId: sql`coalesce(${currentRequest}, ${messages.requestId})`,
      })
      .where(and(...chosen))
      .returning({ id: messages.id, type: messages.messageType, senderId: messages.senderId });
    if (messageId && waiting.length === 0) throw new AppError("message.not_retryable");
    if (waiting.length === 0) return 0;
    await recordRetries(tx, campaignId, messageId);
    if (waiting.some(({ type }) => type === "message_1") && (status === "completed" || status === "failed")) {
      await tx
        .update(campaigns)
        .set({
          status: "sending",
          finishedAt: null,
          stopReason: null,
          stopCode: null,
          failureStreak: 0,
          failureStreakCode: null,
        })
        .where(eq(campaigns.id, campaignId));
    }
    const senderIds = new Set(waiting.flatMap(({ senderId }) => (senderId === null ? [] : [senderId])));
    for (const senderId of senderIds) await enqueue(tx, "drain_sender", { senderId });
    return waiting.length;
  });
}

/** Of the rows this transaction has just moved; one statement however many there are. */
async function recordRetries(
  tx: Executor,
  campaignId: number,
  messageId: number | null | undefined,
): Promise<void> {
  await tx.execute(sql`
    insert into ${messageEvents} (message_id, attempt_id, type, from_status, to_status)
    select id, current_attempt_id, 'retryByHand', 'failed', 'pending' from ${messages}
    where campaign_id = ${campaignId} and status = 'pending' and next_attempt_at = now()
      ${messageId ? sql`and id = ${messageId}` : sql``}`);
}
