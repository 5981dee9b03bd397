// What a status means for the message, whether Twilio called back or was asked (engine.md 3, 7 and 8; Exigence 5).
import { desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { acceptAttempt } from "#server/messages/accept-attempt.ts";
import { failForGood, type Refusal, retryOrFail } from "#server/messages/fail-message.ts";
import {
  type EventInput,
  type LockedMessage,
  lockMessage,
  moveMessage,
  recordEvent,
} from "#server/messages/locked-message.ts";
import { senderFound, senderRefused } from "#server/senders/sender-health.ts";
import { catalogueEntry } from "#server/twilio/error-catalogue.ts";

export type StatusReport = {
  /** the attempt named by our callback address; null when Twilio used the sandbox's own */
  attemptId: string | null;
  sid: string;
  /** Twilio's word: queued, sent, delivered, read, failed, undelivered … */
  status: string;
  to: string;
  errorCode: number | null;
  errorMessage: string | null;
  by: "callback" | "found";
  /** the hit of the webhook, and when it came (ISO 8601): it may be applied later */
  arrival?: { webhookEventId: number; receivedAt: string };
  /** told before: the journal has it already */
  again?: boolean;
};

/** What came of a report, as the inspector shows it. */
export type StatusResult = "applied" | "unknown_message" | "wrong_recipient" | "wrong_sid" | "not_a_status";

type AttemptRow = typeof messageAttempts.$inferSelect;

const failedWords = new Set(["failed", "undelivered", "canceled"]);
const acceptedWords = new Set(["accepted", "scheduled", "queued", "sending", "sent"]);
const onWhatsAppWords = new Set(["sent", "delivered", "read"]);

/** Applies one report; repetition and any order of reports about one message end in the same row. */
export async function applyStatus(
  tx: Transaction,
  settings: { retryDelaysSeconds: readonly number[] },
  report: StatusReport,
): Promise<StatusResult> {
  const known = acceptedWords.has(report.status) || failedWords.has(report.status);
  if (!known && report.status !== "delivered" && report.status !== "read") return "not_a_status";
  const found = await findAttempt(tx, report);
  if (!found) return applyToLedgerOfBefore(tx, report);
  if (found.toAddress !== report.to) return "wrong_recipient";
  if (found.attempt.sid !== null && found.attempt.sid !== report.sid) return "wrong_sid";
  if (found.attempt.sid === null && (await belongsToAnother(tx, report.sid))) return "wrong_sid";
  if (found.senderId !== null) await noteSender(tx, found.senderId, found.attempt.id, report);
  const locked = await lockMessage(tx, found.attempt.messageId);
  const [attempt] = await tx.select().from(messageAttempts).where(eq(messageAttempts.id, found.attempt.id));
  if (!locked || !attempt) return "unknown_message";
  if (attempt.sid !== null && attempt.sid !== report.sid) return "wrong_sid";
  if (attempt.sid === null) {
    await tx.update(messageAttempts).set({ sid: report.sid }).where(eq(messageAttempts.id, attempt.id));
  }
  const current = locked.message.currentAttemptId === attempt.id;
  // the news first, then what comes of it
  if (!report.again) await recordEvent(tx, locked.message.id, statusEvent(report, attempt.id));
  if (current) await acceptAttempt(tx, locked, { attemptId: attempt.id, sid: report.sid, by: report.by });
  if (failedWords.has(report.status)) await applyFailure(tx, settings, locked, attempt, current, report);
  else if (!acceptedWords.has(report.status)) await applyDelivery(tx, locked, report, attempt.id);
  return "applied";
}

function statusEvent(report: StatusReport, attemptId: string | null): EventInput {
  const { status, errorCode: code, errorMessage: message, by, sid, arrival } = report;
  return { type: "status", attemptId, data: { status, code, message, by, sid, ...arrival } };
}

async function findAttempt(tx: Transaction, { attemptId, sid }: StatusReport) {
  const where = attemptId ? eq(messageAttempts.id, attemptId) : eq(messageAttempts.sid, sid);
  const [found] = await tx
    .select({ attempt: messageAttempts, senderId: messages.senderId, toAddress: messages.toAddress })
    .from(messageAttempts)
    .innerJoin(messages, eq(messages.id, messageAttempts.messageId))
    .where(where);
  return found ?? null;
}

/** What a message at Twilio is, it is for one attempt: a report that names a second one is wrong. */
async function belongsToAnother(tx: Transaction, sid: string): Promise<boolean> {
  const owners = await tx
    .select({ id: messageAttempts.id })
    .from(messageAttempts)
    .where(eq(messageAttempts.sid, sid));
  return owners.length > 0;
}

/**
 * Messages taken over have no attempt: their status follows Twilio's SID alone (criterion 5.5). Where the previous system
 * wrote one SID to several, the recipient's number decides, then the newest.
 */
async function applyToLedgerOfBefore(tx: Transaction, report: StatusReport): Promise<StatusResult> {
  if (report.attemptId !== null) return "unknown_message";
  const [row] = await tx
    .select({ id: messages.id })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .where(eq(messages.whatsappMessageId, report.sid))
    .orderBy(sql`'whatsapp:' || ${contacts.fullNumber} = ${report.to} desc nulls last`, desc(messages.id))
    .limit(1);
  const locked = row && (await lockMessage(tx, row.id));
  if (!locked) return "unknown_message";
  if (!report.again) await recordEvent(tx, locked.message.id, statusEvent(report, null));
  if (failedWords.has(report.status)) {
    if (locked.message.status === "sent") {
      await moveMessage(tx, locked, {
        cause: "refuse",
        to: "failed",
        patch: { failedAt: sql`now()`, errorCode: report.errorCode, errorMessage: report.errorMessage },
      });
    }
  } else if (!acceptedWords.has(report.status)) await applyDelivery(tx, locked, report, null);
  return "applied";
}

/** What the report says about the sender, whose row is locked before campaign and message. */
async function noteSender(tx: Transaction, senderId: number, attemptId: string, report: StatusReport) {
  if (failedWords.has(report.status)) await senderRefusedOnce(tx, senderId, attemptId, report.errorCode);
  else if (onWhatsAppWords.has(report.status)) await senderFound(tx, senderId, attemptId);
}

/** The sender hears of a refusal once, not at every repetition: under its lock two at once see each other. */
async function senderRefusedOnce(tx: Transaction, senderId: number, attemptId: string, code: number | null) {
  await tx.select({ id: senders.id }).from(senders).where(eq(senders.id, senderId)).for("no key update");
  const [attempt] = await tx
    .select({ errorCode: messageAttempts.errorCode })
    .from(messageAttempts)
    .where(eq(messageAttempts.id, attemptId));
  if (attempt?.errorCode === null) await senderRefused(tx, senderId, code);
}

async function applyFailure(
  tx: Transaction,
  settings: { retryDelaysSeconds: readonly number[] },
  locked: LockedMessage,
  attempt: AttemptRow,
  current: boolean,
  report: StatusReport,
): Promise<void> {
  const refusal: Refusal = { attemptId: attempt.id, code: report.errorCode, message: report.errorMessage };
  const retryable = catalogueEntry(report.errorCode).class === "retryable";
  await tx
    .update(messageAttempts)
    .set({
      errorCode: report.errorCode,
      errorMessage: report.errorMessage,
      outcome: retryable ? "retryable" : "refused",
    })
    .where(eq(messageAttempts.id, attempt.id));
  // A message that is further (delivered, or waiting for another attempt) heard of this already, or knows better.
  if (!current || locked.message.status !== "sent") return;
  if (retryable) await retryOrFail(tx, locked, refusal, settings.retryDelaysSeconds);
  else await failForGood(tx, locked, refusal);
}

async function applyDelivery(
  tx: Transaction,
  locked: LockedMessage,
  report: StatusReport,
  attemptId: string | null,
): Promise<void> {
  const to = report.status === "read" ? "read" : "delivered";
  const { status } = locked.message;
  if (status === to || status === "read") return;
  const cause = status === "sent" ? "deliver" : status === "delivered" ? "read" : "outlive";
  const now = await moveMessage(tx, locked, {
    cause,
    to,
    attemptId,
    patch: {
      whatsappMessageId: report.sid,
      sentAt: sql`coalesce(${messages.sentAt}, now())`,
      deliveredAt: sql`coalesce(${messages.deliveredAt}, now())`,
      ...(to === "read" && { readAt: sql`coalesce(${messages.readAt}, now())` }),
      ...(cause === "outlive" && { errorCode: null, errorMessage: null, reason: null, failedAt: null }),
      nextCheckAt: null,
    },
    data: { sid: report.sid, by: report.by },
  });
  if (now === to) await concludeFromDelivery(tx, locked, report.to, cause === "outlive");
}

/** Whoever receives, at the number it went to, is a member of the sandbox; and the campaign's failures are no longer in a row. */
async function concludeFromDelivery(
  tx: Transaction,
  { campaign, message }: LockedMessage,
  to: string,
  hadFailed: boolean,
): Promise<void> {
  if (campaign && campaign.failureStreak > 0) {
    await tx
      .update(campaigns)
      .set({ failureStreak: 0, failureStreakCode: null })
      .where(eq(campaigns.id, campaign.id));
  }
  if (message.contactId === null) return;
  // that the contact had left may have been concluded from this very message
  const at = hadFailed ? sql`now()` : sql`coalesce(sent_at at time zone 'UTC', now())`;
  await tx.execute(sql`
    select relance.conclude_membership(contact_id, ${to}, ${at}) from messages where id = ${message.id}`);
}
