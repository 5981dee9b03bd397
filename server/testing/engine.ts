// Handles for tests of the engine: a sender of one's own, one claim, one outcome, one callback, the row and its events.
import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { vi } from "vitest";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";
import type { Env } from "#server/env.ts";
import { applyStatus, type StatusReport, type StatusResult } from "#server/messages/apply-status.ts";
import { type ClaimedMessage, claimMessage } from "#server/messages/claim-message.ts";
import { type AttemptResult, settleAttempt } from "#server/messages/settle-attempt.ts";
import { makeEnv } from "#server/testing/factories.ts";

let senderCount = 0;
let sidCount = 0;

/** An environment whose sender no other test of the file uses; slots follow each other at once. */
export function makeSenderEnv(patch: Record<string, string> = {}): Env {
  senderCount += 1;
  const number = `+1415523${String(senderCount).padStart(4, "0")}`;
  return makeEnv({ TWILIO_SANDBOX_NUMBER: number, SEND_INTERVAL_MS: "0", ...patch });
}

/** A Message SID nobody has yet. */
export function makeSid(): string {
  sidCount += 1;
  return `SM${sidCount.toString(16).padStart(32, "0")}`;
}

export const testWorker = randomUUID();

/** Claims the next message of the sender, or fails the test. */
export async function claimNext(db: Database, senderId: number): Promise<ClaimedMessage> {
  const claim = await claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });
  if (claim.verdict !== "claimed") throw new Error(`nothing claimed: ${claim.verdict}`);
  return claim;
}

/** Claims until nothing is left; the messages in the order of their claims. */
export async function claimAll(db: Database, senderId: number): Promise<number[]> {
  const claimed: number[] = [];
  for (;;) {
    const claim = await claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });
    if (claim.verdict !== "claimed") return claimed;
    claimed.push(claim.messageId);
  }
}

export type Claimed = Pick<ClaimedMessage, "messageId" | "attemptId"> & { senderId: number };

/** What Twilio answered to the request of an attempt. */
export function answer(
  db: Database,
  claim: Claimed,
  result: AttemptResult,
  env: Pick<Env, "retryDelaysSeconds"> = makeEnv(),
): Promise<void> {
  return settleAttempt(db, env, { ...claim, result, requestedAfterMs: 0 });
}

export const accepted = (sid: string): AttemptResult => ({ kind: "accepted", sid, httpStatus: 201 });
export const refused = (code: number | null, httpStatus = 400): AttemptResult => ({
  kind: "refused",
  httpStatus,
  code,
  message: `refused with ${code}`,
});
export const unknown: AttemptResult = { kind: "unknown", httpStatus: null, message: "ETIMEDOUT" };
export const unreachable: AttemptResult = { kind: "unreachable", message: "ECONNREFUSED" };

export type Callback = Pick<StatusReport, "sid" | "status"> & Partial<StatusReport> & { messageId?: number };

/** Twilio says something about an attempt, to the recipient of its message unless told otherwise. */
export function callBack(
  db: Database,
  attemptId: string | null,
  { sid, status, ...rest }: Callback,
  env: Pick<Env, "retryDelaysSeconds"> = makeEnv(),
): Promise<StatusResult> {
  return db.transaction(async (tx) => {
    const [message] = await tx
      .select({ to: messages.toAddress })
      .from(messages)
      .innerJoin(messageAttempts, eq(messageAttempts.messageId, messages.id))
      .where(attemptId ? eq(messageAttempts.id, attemptId) : eq(messageAttempts.sid, sid));
    return applyStatus(tx, env, {
      attemptId,
      sid,
      status,
      to: message?.to ?? "whatsapp:+33600000000",
      errorCode: null,
      errorMessage: null,
      by: "callback",
      ...rest,
    });
  });
}

export async function messageRow(db: Executor, id: number) {
  const [row] = await db.select().from(messages).where(eq(messages.id, id));
  if (!row) throw new Error(`no message ${id}`);
  return { ...row, status: row.status as MessageStatus };
}

export async function attemptRow(db: Executor, id: string) {
  const [row] = await db.select().from(messageAttempts).where(eq(messageAttempts.id, id));
  if (!row) throw new Error(`no attempt ${id}`);
  return row;
}

export async function campaignRow(db: Executor, id: number) {
  const [row] = await db.select().from(campaigns).where(eq(campaigns.id, id));
  if (!row) throw new Error(`no campaign ${id}`);
  return row;
}

export async function senderRow(db: Executor, id: number) {
  const [row] = await db.select().from(senders).where(eq(senders.id, id));
  if (!row) throw new Error(`no sender ${id}`);
  return row;
}

/** The history of a message, oldest first; of one type when told. */
export async function eventsOf(db: Executor, messageId: number, type?: string) {
  return db
    .select()
    .from(messageEvents)
    .where(and(eq(messageEvents.messageId, messageId), type ? eq(messageEvents.type, type) : undefined))
    .orderBy(asc(messageEvents.id));
}

/** Whatever waits for its time is due now. */
export async function makeDue(db: Executor, messageId: number): Promise<void> {
  await db
    .update(messages)
    .set({ nextAttemptAt: sql`now()` })
    .where(and(eq(messages.id, messageId), eq(messages.status, "pending")));
}

/** Rows per status of a campaign's Message 1, and the recipients they have to add up to. */
export async function statusCounts(db: Executor, campaignId: number) {
  const rows = await db
    .select({ status: messages.status, count: sql<number>`count(*)::int` })
    .from(messages)
    .where(and(eq(messages.campaignId, campaignId), eq(messages.messageType, "message_1")))
    .groupBy(messages.status);
  return Object.fromEntries(rows.map(({ status, count }) => [status, count])) as Partial<
    Record<MessageStatus, number>
  >;
}

/** Resolves when so many connections of this database wait for a lock, on whatever connections they are. */
export async function lockWaiters(db: Database, howMany: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const [waiting] = await queryRows<{ count: number }>(
        db,
        sql`select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if ((waiting?.count ?? 0) < howMany) throw new Error(`${waiting?.count} wait for a lock`);
    },
    { timeout: 5_000, interval: 5 },
  );
}
