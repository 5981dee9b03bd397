// What a lost hint, a dead worker or a paused sender leaves behind, and who finds it (engine.md 5, 6 and 7).
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senderLanes, senders, workers } from "#db/schema/senders.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { createImport } from "#server/imports/create-import.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { drainSender, type SendingContext } from "#server/messages/drain-sender.ts";
import { probeSender } from "#server/senders/probe-sender.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { messageRow, senderRow } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";
import { beat, registerWorker, retireWorker } from "#server/workers/heartbeat.ts";
import { sweep } from "#server/workers/sweep.ts";

const database = await testDatabase();
const { db } = database;
const stack = await startEngineStack(database, {
  env: { SEND_INTERVAL_MS: "0" },
  simulator: { autoProgress: false },
});
const gateway = createTwilioGateway(stack.env);
afterAll(() => stack.close());

const workerId = randomUUID();
await registerWorker(db, workerId);
const context: SendingContext = {
  db,
  gateway,
  log: stack.log,
  env: stack.env,
  workerId,
  stopping: new AbortController().signal,
};
const sweepNow = () => sweep({ db, env: stack.env, deadAfterMs: 10_000 });
const forgetHints = () => db.execute(sql`delete from graphile_worker._private_jobs`);
const hints = async (task: string) => {
  const [found] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker.jobs where task_identifier = ${task}`,
  );
  return found?.count;
};

beforeEach(async () => {
  await stack.twilio.clearFaults();
  await db.update(messages).set({ status: "cancelled", nextAttemptAt: null, nextCheckAt: null });
  await forgetHints();
});

test("a lost hint is found: one drainer per free lane, none when all is sent", async () => {
  const { senderId } = await makeLaunched(db, 3, {}, stack.env);
  await forgetHints();
  await sweepNow();
  expect(await hints("drain_sender")).toBe(stack.env.sendConcurrency);
  await drainSender(context, senderId);
  await forgetHints();
  await sweepNow();
  expect(await hints("drain_sender")).toBe(0);
});

test("what is due besides sending gets one hint each, what is not due none", async () => {
  const { senderId, messageIds } = await makeLaunched(db, 1, {}, stack.env);
  const tasks = ["check_messages", "apply_webhook_events", "reconcile_inbound", "forget_imports"];
  const found = () => Promise.all(tasks.map(hints));
  const arrange = async (seconds: number) => {
    const at = sql`now() + ${seconds} * interval '1 second'`;
    await db
      .update(messages)
      .set({ nextCheckAt: at })
      .where(eq(messages.id, messageIds[0] as number));
    await db.update(webhookEvents).set({ nextTryAt: at });
    await db.execute(sql`update imports set created_at = ${at} - interval '7 days'`);
    await db
      .update(senders)
      .set({ inboundCheckedAt: sql`${at} - interval '300 seconds'` })
      .where(eq(senders.id, senderId));
    await forgetHints();
    await sweepNow();
  };
  await db
    .insert(webhookEvents)
    .values({ kind: "unknown", verdict: "accepted", url: "/", rawBody: "", params: {} });
  await createImport(db, { user: await makeSignedIn(db), fileName: null, bytes: Buffer.from("0639980001") });
  await arrange(60);
  expect(await found()).toEqual([0, 0, 0, 0]);
  await arrange(-1);
  expect(await found()).toEqual([1, 1, 1, 1]);
  await db.update(webhookEvents).set({ appliedAt: sql`now()` });
});

test("the claims of a worker that is silent or has stopped become uncertain, those of a living one stay", async () => {
  const silent = randomUUID();
  const stopped = randomUUID();
  for (const id of [silent, stopped]) await registerWorker(db, id);
  const { senderId } = await makeLaunched(db, 4, {}, stack.env);
  const claimed: number[] = [];
  for (const id of [silent, stopped, randomUUID(), workerId]) {
    const claim = await claimMessage(db, { senderId, workerId: id, windowHours: 24 });
    if (claim.verdict === "claimed") claimed.push(claim.messageId);
  }
  await db
    .update(workers)
    .set({ heartbeatAt: sql`now() - interval '11 seconds'` })
    .where(eq(workers.id, silent));
  await retireWorker(db, stopped);
  await sweepNow();
  const statuses = await Promise.all(claimed.map(async (id) => (await messageRow(db, id)).status));
  expect(statuses).toEqual(["uncertain", "uncertain", "uncertain", "sending"]);
});

test("the lanes of a dead worker are free again", async () => {
  const dead = randomUUID();
  await registerWorker(db, dead);
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  await db
    .update(senderLanes)
    .set({ workerId: dead, holder: randomUUID(), heldUntil: sql`now() + interval '30 seconds'` })
    .where(eq(senderLanes.senderId, senderId));
  await forgetHints();
  await sweepNow();
  expect(await hints("drain_sender")).toBe(0);
  await retireWorker(db, dead);
  await sweepNow();
  expect(await hints("drain_sender")).toBe(stack.env.sendConcurrency);
});

test("a sender that paused because Twilio did not answer goes on by itself when it does, asked once a minute", async () => {
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  const pause = (reason: string) =>
    db
      .update(senders)
      .set({ pauseReason: reason, nextProbeAt: sql`now()`, uncertainStreak: 10 })
      .where(eq(senders.id, senderId));
  await pause("twilio_unreachable");
  await stack.twilio.fault({ request: "account", behaviour: { kind: "http-error", status: 503 } });
  await sweepNow();
  expect(await hints("probe_sender")).toBe(1);
  expect(await probeSender(context, senderId)).toBe(false);
  expect(await probeSender(context, senderId), "a minute has not passed").toBe(false);
  expect((await senderRow(db, senderId)).pauseReason).toBe("twilio_unreachable");
  await pause("twilio_unreachable");
  expect(await probeSender(context, senderId)).toBe(true);
  expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: null, uncertainStreak: 0 });
  await pause("account");
  expect(await probeSender(context, senderId), "an admin's matter").toBe(false);
  await db.update(senders).set({ pauseReason: null });
});

test("a claim that was committed while the connection broke, so that its living worker never heard of it, is not lost", async () => {
  const { senderId } = await makeLaunched(db, 2, {}, stack.env);
  const claim = () => claimMessage(db, { senderId, workerId, windowHours: 24 });
  const unheard = await claim();
  const underWay = await claim();
  if (unheard.verdict !== "claimed" || underWay.verdict !== "claimed") throw new Error("nothing claimed");
  const age = (attemptId: string, ms: number) =>
    db
      .update(messageAttempts)
      .set({ claimedAt: sql`clock_timestamp() - ${ms} * interval '1 millisecond'` })
      .where(eq(messageAttempts.id, attemptId));
  await age(unheard.attemptId, stack.env.twilioTimeoutMs + 25_500);
  await age(underWay.attemptId, stack.env.twilioTimeoutMs + 4_000);
  await beat(db, workerId);
  await sweepNow();
  const row = await messageRow(db, unheard.messageId);
  expect(row).toMatchObject({ status: "uncertain", errorMessage: "claim_not_heard_of" });
  expect(row.nextCheckAt).not.toBeNull();
  expect((await messageRow(db, underWay.messageId)).status).toBe("sending");
});
