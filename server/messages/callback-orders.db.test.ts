// Twilio repeats callbacks and brings them in any order, before or after its own answer (Exigence 5; engine.md 2 and 3):
// whatever the order, the row and the counters end the same.
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import {
  accepted,
  answer,
  callBack,
  claimNext,
  makeDue,
  makeSenderEnv,
  makeSid,
  messageRow,
  unknown,
  unreachable,
} from "#server/testing/engine.ts";
import { countersAndRows, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();

type Word = "answer" | "timeout" | "queued" | "sent" | "delivered" | "read" | "failed" | "undelivered";
type Say = { attempt: "current" | "older"; word: Word };

const say = (attempt: Say["attempt"], ...words: Word[]): Say[] => words.map((word) => ({ attempt, word }));

/** All of them, some again, in any order. */
function anyOrder(all: readonly Say[]): fc.Arbitrary<Say[]> {
  return fc
    .array(fc.constantFrom(...all.filter(({ word }) => word !== "answer" && word !== "timeout")), {
      maxLength: 3,
    })
    .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
}

/** Plays one order on a new message whose first attempt did not reach Twilio, and tells how everything ended. */
async function endAfter(order: readonly Say[], code: number | null) {
  const { senderId, campaignId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const older = { ...(await claimNext(db, senderId)), senderId, sid: makeSid() };
  await answer(db, older, unreachable);
  await makeDue(db, older.messageId);
  const current = { ...(await claimNext(db, senderId)), senderId, sid: makeSid() };
  for (const { attempt, word } of order) {
    const of = attempt === "current" ? current : older;
    if (word === "answer") await answer(db, of, accepted(of.sid));
    else if (word === "timeout") await answer(db, of, unknown);
    else {
      const errorCode = word === "failed" || word === "undelivered" ? code : null;
      await callBack(db, of.attemptId, { sid: of.sid, status: word, errorCode });
    }
  }
  const row = await messageRow(db, current.messageId);
  const [waits] = await db
    .select({ retryWaits: sql<boolean>`coalesce(next_attempt_at > now() + interval '50 seconds', false)` })
    .from(messages)
    .where(eq(messages.id, current.messageId));
  const { counters, rows } = await countersAndRows(db, campaignId);
  expect(counters).toEqual(rows);
  return {
    counters,
    ...waits,
    status: row.status,
    ofCurrent: row.currentAttemptId === current.attemptId,
    sid: row.whatsappMessageId === null ? null : row.whatsappMessageId === current.sid ? "current" : "older",
    attempt: row.attempt,
    retryCount: row.retryCount,
    errorCode: row.errorCode,
    reason: row.reason,
    sent: row.sentAt !== null,
    delivered: row.deliveredAt !== null,
    read: row.readAt !== null,
    failed: row.failedAt !== null,
    checks: row.nextCheckAt !== null,
  };
}

type Story = { title: string; says: readonly Say[]; code?: number; ends: Record<string, unknown> };

const stories: Story[] = [
  {
    title: "[EX-5.2] [EX-5.3] queued, sent, delivered and read end in read",
    says: say("current", "answer", "queued", "sent", "delivered", "read"),
    ends: {
      status: "read",
      sent: true,
      delivered: true,
      read: true,
      failed: false,
      sid: "current",
      checks: false,
    },
  },
  {
    title: "the same after a request that was never answered",
    says: say("current", "timeout", "queued", "sent", "delivered", "read"),
    ends: { status: "read", read: true, sid: "current", errorCode: null, retryCount: 1 },
  },
  {
    title: "[EX-5.4] sent and a final failure end in failed",
    says: say("current", "answer", "sent", "failed", "undelivered"),
    code: 63015,
    ends: { status: "failed", errorCode: 63015, failed: true, sent: true, delivered: false },
  },
  {
    title: "sent, a final failure and a delivery end in delivered: reality wins",
    says: say("current", "answer", "sent", "failed", "delivered"),
    code: 63015,
    ends: { status: "delivered", errorCode: null, failed: false, delivered: true, read: false },
  },
  {
    title: "[EX-6.3] a retryable failure ends in one more retry, however often it comes",
    says: say("current", "answer", "queued", "sent", "failed"),
    code: 63018,
    ends: { status: "pending", retryCount: 2, retryWaits: true, errorCode: 63018, failed: false },
  },
  {
    title: "what an older attempt says of being sent or failing changes nothing",
    says: [...say("current", "answer", "sent", "delivered"), ...say("older", "queued", "sent", "failed")],
    code: 63015,
    ends: { status: "delivered", sid: "current", errorCode: null, retryCount: 1 },
  },
  {
    title: "a failure of an older attempt does not fail the newer one, of which nothing more is heard",
    says: [...say("current", "answer", "sent"), ...say("older", "queued", "sent", "failed")],
    code: 63015,
    ends: { status: "sent", sid: "current", errorCode: null, failed: false, retryCount: 1 },
  },
  {
    title: "a delivery of an older attempt stands against the failure of the newer one",
    says: [...say("current", "answer", "sent", "failed"), ...say("older", "sent", "delivered")],
    code: 63015,
    ends: { status: "delivered", sid: "older", errorCode: null, failed: false, ofCurrent: true },
  },
  {
    title: "a delivery of an older attempt and a reading of the newer one end in read",
    says: [...say("current", "answer", "sent", "delivered", "read"), ...say("older", "delivered")],
    ends: { status: "read", sid: "current", read: true, retryCount: 1 },
  },
];

describe("in any order and repetition", () => {
  for (const { title, says, code, ends } of stories) {
    test(title, async () => {
      const expected = await endAfter(says, code ?? null);
      expect(expected).toMatchObject(ends);
      await fc.assert(
        fc.asyncProperty(anyOrder(says), async (order) => {
          expect(await endAfter(order, code ?? null)).toEqual(expected);
        }),
        { numRuns: 25 },
      );
    });
  }
});
