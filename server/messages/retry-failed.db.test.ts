// Sending again by hand what failed: all, for one reason, or one (issue: retry the failed ones).
import { inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import {
  answer,
  campaignRow,
  claimNext,
  eventsOf,
  makeSenderEnv,
  messageRow,
  refused,
} from "#server/testing/engine.ts";
import { countersAndRows, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();

/** Three that failed: two outside the sandbox, one with a number that is none. */
async function threeFailures() {
  const env = makeSenderEnv();
  const launched = await makeLaunched(db, 3, {}, env);
  for (const code of [63015, 63015, 21211]) {
    const claim = await claimNext(db, launched.senderId);
    await answer(db, { ...claim, senderId: launched.senderId }, refused(code));
  }
  return launched;
}
const statuses = async (ids: number[]) =>
  (await db.select().from(messages).where(inArray(messages.id, ids)).orderBy(messages.id)).map(
    ({ status }) => status,
  );

test("by Twilio's code, only what failed for it waits again", async () => {
  const { campaignId, messageIds } = await threeFailures();
  expect(await retryFailed(db, { campaignId, cause: { code: 63015, reason: null } })).toBe(2);
  expect(await statuses(messageIds)).toEqual(["pending", "pending", "failed"]);
  const { counters, rows } = await countersAndRows(db, campaignId);
  expect(counters).toEqual(rows);
  expect(counters?.failed).toBe(1);
});

test("by a reason of our own, only what failed for it", async () => {
  const { campaignId, messageIds } = await threeFailures();
  await db
    .update(messages)
    .set({ reason: "window_closed", errorCode: null })
    .where(inArray(messages.id, messageIds.slice(0, 1)));
  expect(await retryFailed(db, { campaignId, cause: { code: null, reason: "window_closed" } })).toBe(1);
  expect(await statuses(messageIds)).toEqual(["pending", "failed", "failed"]);
});

test("without a code, only what Twilio said nothing of", async () => {
  const { campaignId, messageIds } = await threeFailures();
  await db
    .update(messages)
    .set({ errorCode: null, errorMessage: "absent_at_twilio" })
    .where(inArray(messages.id, messageIds.slice(1, 2)));
  expect(await retryFailed(db, { campaignId, cause: { code: null, reason: "absent_at_twilio" } })).toBe(1);
  expect(await statuses(messageIds)).toEqual(["failed", "pending", "failed"]);
});

test("[EX-6.4] all: each has its three automatic retries again, and its history says who asked", async () => {
  const { campaignId, messageIds } = await threeFailures();
  await db.update(messages).set({ retryCount: 3 }).where(inArray(messages.id, messageIds));
  expect(await retryFailed(db, { campaignId })).toBe(3);
  for (const id of messageIds) {
    expect(await messageRow(db, id)).toMatchObject({
      status: "pending",
      retryCount: 0,
      errorCode: null,
      priority: 1,
    });
    expect(await eventsOf(db, id, "retryByHand")).toHaveLength(1);
  }
  expect((await campaignRow(db, campaignId)).status).toBe("sending");
  expect(await retryFailed(db, { campaignId })).toBe(0);
});
