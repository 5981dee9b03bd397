// What a refusal does to a message, its campaign, its contact and its sender (engine.md 7).
import { eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts } from "#db/schema/messages.ts";
import type { CampaignStopReason } from "#server/domain/failures.ts";
import { failuresThatPauseCampaign, nextRetryDelay } from "#server/domain/retry-policy.ts";
import {
  type LockedMessage,
  type MessageRow,
  moveMessage,
  secondsFromNow,
} from "#server/messages/locked-message.ts";
import { catalogueEntry } from "#server/twilio/error-catalogue.ts";

export type Refusal = { attemptId: string; code: number | null; message: string | null };

/**
 * Sets aside for a later retry, by itself, or fails for good when the retries are used up. Due after the delay of the
 * retry, unless `dueAt` says when.
 */
export async function retryOrFail(
  tx: Transaction,
  locked: LockedMessage,
  refusal: Refusal,
  delaysSeconds: readonly number[],
  dueAt?: SQL,
): Promise<void> {
  const retries = locked.message.retryCount ?? 0;
  const delay = nextRetryDelay(retries, delaysSeconds);
  if (delay === null) return failForGood(tx, locked, refusal);
  await moveMessage(tx, locked, {
    cause: "retry",
    to: "pending",
    attemptId: refusal.attemptId,
    patch: {
      retryCount: retries + 1,
      nextAttemptAt: dueAt ?? secondsFromNow(delay),
      priority: Math.min(locked.message.priority, 1),
      errorCode: refusal.code,
      errorMessage: refusal.message,
      reason: null,
      nextCheckAt: null,
      checkCount: 0,
    },
    data: { code: refusal.code, message: refusal.message, retry: retries + 1, delay: dueAt ? null : delay },
  });
  await reopenCampaign(tx, locked);
}

/** Puts the message back as if it had not been tried: no retry is used (account refusals, claims given back). */
export async function giveBack(tx: Transaction, locked: LockedMessage, refusal: Refusal): Promise<void> {
  await moveMessage(tx, locked, {
    cause: "giveBack",
    to: "pending",
    attemptId: refusal.attemptId,
    patch: { nextAttemptAt: sql`now()`, errorCode: refusal.code, errorMessage: refusal.message },
    data: { code: refusal.code, message: refusal.message },
  });
}

/** Fails the message with Twilio's code and text (criterion 5.4) and draws the conclusions for contact and campaign. */
export async function failForGood(tx: Transaction, locked: LockedMessage, refusal: Refusal): Promise<void> {
  const before = locked.message.status;
  const after = await moveMessage(tx, locked, {
    cause: "refuse",
    to: "failed",
    attemptId: refusal.attemptId,
    patch: {
      failedAt: sql`now()`,
      errorCode: refusal.code,
      errorMessage: refusal.message,
      reason: null,
      nextCheckAt: null,
    },
    data: { code: refusal.code, message: refusal.message },
  });
  if (before === after) return;
  await countFailure(tx, locked, refusal.code);
  await concludeForContact(tx, locked.message, refusal);
}

async function countFailure(tx: Transaction, { campaign, message }: LockedMessage, code: number | null) {
  if (!campaign || message.messageType !== "message_1" || catalogueEntry(code).class === "recipient") return;
  const streak = campaign.failureStreakCode === code ? campaign.failureStreak + 1 : 1;
  const pauses = streak >= failuresThatPauseCampaign && campaign.status === "sending";
  await tx
    .update(campaigns)
    .set({
      failureStreak: streak,
      failureStreakCode: code,
      ...(pauses && {
        status: "paused" as const,
        stopReason: "failures_in_a_row" satisfies CampaignStopReason,
        stopCode: code,
      }),
    })
    .where(eq(campaigns.id, campaign.id));
}

async function concludeForContact(tx: Transaction, message: MessageRow, refusal: Refusal) {
  const { contactId, toAddress } = message;
  if (contactId === null) return;
  const { leftSandbox, optedOut } = catalogueEntry(refusal.code);
  if (leftSandbox) await concludeLeft(tx, message, refusal.attemptId);
  if (!optedOut) return;
  await tx
    .update(contacts)
    .set({ optedOutAt: sql`coalesce(${contacts.optedOutAt}, now())` })
    // a number that was corrected since has said nothing
    .where(sql`${contacts.id} = ${contactId} and 'whatsapp:' || ${contacts.fullNumber} = ${toAddress}`);
}

/**
 * Whoever is refused was no member when the request was made, however late the news: who joined since stays a member, and
 * a number that was corrected since has not been asked.
 */
async function concludeLeft(tx: Transaction, { contactId, toAddress }: MessageRow, attemptId: string) {
  const requestedAt = sql`(select coalesce(requested_at, claimed_at) from ${messageAttempts} where id = ${attemptId})`;
  const lastSeen = sql`greatest(${contacts.sandboxJoinedAt}, ${contacts.lastInboundAt})`;
  await tx
    .update(contacts)
    .set({ sandboxLeftAt: sql`greatest(${contacts.sandboxLeftAt}, ${requestedAt})` })
    .where(
      sql`${contacts.id} = ${contactId} and 'whatsapp:' || ${contacts.fullNumber} = ${toAddress}
        and coalesce(${lastSeen}, '-infinity') <= ${requestedAt}`,
    );
}

/** A settled campaign that gets work again goes on sending. */
async function reopenCampaign(tx: Transaction, { campaign, message }: LockedMessage): Promise<void> {
  const settled = campaign?.status === "completed" || campaign?.status === "failed";
  if (!campaign || !settled || message.messageType !== "message_1" || message.status !== "pending") return;
  await tx
    .update(campaigns)
    .set({ status: "sending", finishedAt: null, stopReason: null, stopCode: null })
    .where(eq(campaigns.id, campaign.id));
}
