// Asking Twilio by hand obeys the rules of asking when it is due (engine.md 8).
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { checkMessages } from "#server/messages/check-messages.ts";
import { type MessageChange, reconcileMessages } from "#server/messages/reconcile-messages.ts";
import {
  accepted,
  answer,
  attemptRow,
  claimNext,
  eventsOf,
  messageRow,
  unknown,
} from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { GatewayError } from "#server/twilio/gateway.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

const database = await testDatabase();
const { db } = database;
const stack = await startEngineStack(database, {
  env: { SEND_INTERVAL_MS: "0" },
  simulator: { autoProgress: false },
});
const gateway = createTwilioGateway(stack.env);
/** What arrives this way never calls back. */
const silent = createTwilioGateway({ ...stack.env, webhookBaseUrl: "http://127.0.0.1:9" });
afterAll(() => stack.close());

beforeEach(async () => {
  await stack.twilio.clearFaults();
  await db.update(messages).set({ status: "cancelled", nextAttemptAt: null, nextCheckAt: null });
});

const context = { db, gateway, log: stack.log, env: stack.env };

async function reconcile() {
  const changes: MessageChange[] = [];
  const summary = await reconcileMessages(context, (change) => changes.push(change));
  return { ...summary, changes };
}

async function claimed() {
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const arrive = async () => {
    const sent = await silent.send({ ...claim, to: claim.toAddress, from: claim.fromAddress });
    if (sent.kind !== "accepted") throw new Error(JSON.stringify(sent));
    return sent.sid;
  };
  return { ...claim, arrive };
}

async function uncertain() {
  const claim = await claimed();
  await answer(db, claim, unknown);
  return claim;
}

const checkIsDue = (messageId: number) =>
  db.update(messages).set({ nextCheckAt: sql`now()` }).where(sql`id = ${messageId}`);

test("[EX-6.3] looking often is no third look: an absent message is tried again no earlier than by itself", async () => {
  const { messageId, attemptId } = await uncertain();
  const before = await messageRow(db, messageId);
  for (let look = 0; look < 4; look += 1) {
    expect(await reconcile()).toEqual({ asked: 1, failed: 0, uncertain: 1, undecided: 0, changes: [] });
  }
  expect(await messageRow(db, messageId)).toMatchObject({
    status: "uncertain",
    checkCount: 0,
    nextCheckAt: before.nextCheckAt,
  });
  expect((await eventsOf(db, messageId, "look")).map(({ data }) => data)).toEqual(
    Array.from({ length: 4 }, () => ({ byHand: true, candidates: [] })),
  );
  // its time has come: then, and only then, the look by hand is one of the three
  for (const count of [1, 2]) {
    await checkIsDue(messageId);
    await reconcile();
    expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", checkCount: count });
    await reconcile();
    expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", checkCount: count });
  }
  await checkIsDue(messageId);
  expect((await reconcile()).changes).toMatchObject([
    { messageId, from: "uncertain", to: "pending", cause: "retry" },
  ]);
  expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "absent" });
});

test("a look by hand and the worker's at the same moment are one look", async () => {
  const { messageId } = await uncertain();
  await checkIsDue(messageId);
  await Promise.all([reconcile(), checkMessages(context), reconcile()]);
  expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", checkCount: 1 });
});

test("what is found by hand is adopted long before its look is due", async () => {
  const lost = await claimed();
  const sid = await lost.arrive();
  await answer(db, lost, unknown);
  expect(await reconcile()).toMatchObject({
    changes: [{ messageId: lost.messageId, from: "uncertain", to: "sent", cause: "accept", code: null }],
    uncertain: 0,
  });
  expect(await messageRow(db, lost.messageId)).toMatchObject({ status: "sent", whatsappMessageId: sid });
});

test("several candidates stay undecided, however often one looks", async () => {
  const lost = await claimed();
  await lost.arrive();
  await lost.arrive();
  await answer(db, lost, unknown);
  for (let look = 0; look < 2; look += 1) {
    expect(await reconcile()).toMatchObject({ changes: [], uncertain: 1, undecided: 1 });
  }
  expect(await messageRow(db, lost.messageId)).toMatchObject({
    reason: "several_candidates",
    nextCheckAt: null,
  });
});

test("a poll by hand applies the news and leaves the questions that are due as they were", async () => {
  const [read, silentOne] = [await claimed(), await claimed()];
  const [readSid, otherSid] = [await read.arrive(), await silentOne.arrive()];
  await answer(db, read, accepted(readSid));
  await answer(db, silentOne, accepted(otherSid));
  await stack.twilio.setStatus(readSid, "undelivered", 63024);
  const before = await messageRow(db, silentOne.messageId);
  expect(await reconcile()).toMatchObject({
    asked: 2,
    changes: [{ messageId: read.messageId, from: "sent", to: "failed", cause: "refuse", code: 63024 }],
  });
  expect(await messageRow(db, silentOne.messageId)).toMatchObject({
    status: "sent",
    checkCount: 0,
    nextCheckAt: before.nextCheckAt,
  });
  await checkIsDue(silentOne.messageId);
  await reconcile();
  expect(await messageRow(db, silentOne.messageId)).toMatchObject({ status: "sent", checkCount: 1 });
});

test("one message Twilio cannot be asked about keeps no other waiting; a Twilio that is away ends it", async () => {
  const [broken, found] = [await claimed(), await claimed()];
  await found.arrive();
  await answer(db, broken, unknown);
  await answer(db, found, unknown);
  const fault = (status: number, to?: string) =>
    stack.twilio.fault({ request: "list", times: null, to, behaviour: { kind: "http-error", status } });
  await fault(400, broken.toAddress);
  expect(await reconcile()).toMatchObject({ asked: 2, failed: 1, changes: [{ messageId: found.messageId }] });
  await stack.twilio.clearFaults();
  await fault(503);
  await expect(reconcile()).rejects.toBeInstanceOf(GatewayError);
  expect(await messageRow(db, broken.messageId)).toMatchObject({ status: "uncertain", checkCount: 0 });
});
