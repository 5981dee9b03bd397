// engine.md 8: messages of unknown fate, settled by a callback or by asking Twilio, and the polls of those without news.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { checkMessages } from "#server/messages/check-messages.ts";
import type { ClaimedMessage } from "#server/messages/claim-message.ts";
import {
  accepted,
  answer,
  attemptRow,
  callBack,
  claimNext,
  eventsOf,
  makeSid,
  messageRow,
  unknown,
} from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

const database = await testDatabase();
const { db } = database;
const stack = await startEngineStack(database, {
  env: { SEND_INTERVAL_MS: "0" },
  simulator: { autoProgress: false },
});
const gateway = createTwilioGateway(stack.env);
afterAll(() => stack.close());

beforeEach(async () => {
  await stack.twilio.clearFaults();
  await db.update(messages).set({ status: "cancelled", nextAttemptAt: null, nextCheckAt: null });
});

const check = () => checkMessages({ db, gateway, log: stack.log, env: stack.env });

/** One message whose request had no answer; `atTwilio` copies of it arrived there all the same. */
async function uncertain(atTwilio: number) {
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const sids: string[] = [];
  for (let copy = 0; copy < atTwilio; copy += 1) sids.push(await arrive(claim));
  await answer(db, claim, unknown);
  return { ...claim, sids };
}

async function arrive(claim: ClaimedMessage): Promise<string> {
  const sent = await gateway.send({ ...claim, to: claim.toAddress, from: claim.fromAddress });
  if (sent.kind !== "accepted") throw new Error(`the simulator answered ${JSON.stringify(sent)}`);
  return sent.sid;
}

/** Seconds from the claim, or the acceptance, to the next question. */
async function nextCheckAfter(messageId: number, since: "claimed_at" | "answered_at") {
  const [next] = await queryRows<{ seconds: number | null }>(
    db,
    sql`select extract(epoch from m.next_check_at - a.${sql.raw(since)})::float8 as seconds
      from messages m join message_attempts a on a.id = m.current_attempt_id where m.id = ${messageId}`,
  );
  return next?.seconds ?? null;
}

const checkIsDue = (messageId: number) =>
  db.update(messages).set({ nextCheckAt: sql`now()` }).where(eq(messages.id, messageId));

test("a callback of the attempt settles it, and no question is asked any more", async () => {
  const { messageId, attemptId } = await uncertain(0);
  const sid = makeSid();
  await callBack(db, attemptId, { sid, status: "read" });
  expect(await messageRow(db, messageId)).toMatchObject({
    status: "read",
    whatsappMessageId: sid,
    nextCheckAt: null,
    errorMessage: null,
  });
});

test("exactly one message at Twilio that nobody owns is adopted", async () => {
  const { messageId, attemptId, sids } = await uncertain(1);
  expect(await nextCheckAfter(messageId, "claimed_at")).toBe(60);
  await checkIsDue(messageId);
  await check();
  expect(await messageRow(db, messageId)).toMatchObject({ status: "sent", whatsappMessageId: sids[0] });
  expect(await attemptRow(db, attemptId)).toMatchObject({ sid: sids[0], outcome: "accepted" });
});

test("a message that another attempt owns is no candidate", async () => {
  const { messageId, sids, toAddress } = await uncertain(1);
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  const other = { ...(await claimNext(db, senderId)), senderId };
  await answer(db, other, accepted(sids[0] as string));
  expect(toAddress).not.toBe(other.toAddress);
  await checkIsDue(messageId);
  await check();
  expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", checkCount: 1 });
  expect(await eventsOf(db, messageId, "look")).toMatchObject([{ data: { look: 1, candidates: [] } }]);
});

test("several candidates are left to the admin, and shown", async () => {
  const { messageId, sids } = await uncertain(2);
  await checkIsDue(messageId);
  await check();
  expect(await messageRow(db, messageId)).toMatchObject({
    status: "uncertain",
    reason: "several_candidates",
    nextCheckAt: null,
  });
  const [look] = await eventsOf(db, messageId, "look");
  expect(new Set((look?.data as { candidates: string[] } | undefined)?.candidates ?? [])).toEqual(
    new Set(sids),
  );
});

test("[EX-6.3] absent at 60, 120 and 240 s after the attempt, it may be tried again, which is a retry", async () => {
  const { messageId, attemptId } = await uncertain(0);
  for (const seconds of [60, 120, 240]) {
    expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", retryCount: 0 });
    expect(await nextCheckAfter(messageId, "claimed_at")).toBe(seconds);
    await checkIsDue(messageId);
    await check();
  }
  expect(await messageRow(db, messageId)).toMatchObject({ status: "pending", retryCount: 1, priority: 1 });
  expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "absent" });
  expect((await messageRow(db, messageId)).nextAttemptAt).not.toBeNull();
});

test("[EX-6.4] absent at the third look with the retries used up, it fails", async () => {
  const { messageId } = await uncertain(0);
  await db.update(messages).set({ retryCount: 3, checkCount: 2 }).where(eq(messages.id, messageId));
  await checkIsDue(messageId);
  await check();
  expect(await messageRow(db, messageId)).toMatchObject({
    status: "failed",
    errorMessage: "absent_at_twilio",
    retryCount: 3,
  });
});

test("a Twilio that does not answer was not looked at: the question is asked again", async () => {
  const { messageId } = await uncertain(0);
  await db.update(messages).set({ checkCount: 2 }).where(eq(messages.id, messageId));
  await checkIsDue(messageId);
  await stack.twilio.fault({ request: "list", times: null, behaviour: { kind: "http-error", status: 503 } });
  expect(await check()).toBe(0);
  expect(await messageRow(db, messageId)).toMatchObject({ status: "uncertain", checkCount: 2 });
  expect((await messageRow(db, messageId)).nextCheckAt).not.toBeNull();
  expect(await eventsOf(db, messageId, "look")).toEqual([]);
});

test("one message that cannot be asked about keeps no other waiting", async () => {
  const [first, second] = [await uncertain(1), await uncertain(1)];
  const [{ toAddress }] = [await messageRow(db, first.messageId)];
  await stack.twilio.fault({
    request: "list",
    to: String(toAddress),
    times: null,
    behaviour: { kind: "http-error", status: 400 },
  });
  await db.execute(sql`update messages set next_check_at = now() - interval '1 minute'
    where id = ${first.messageId}`);
  await checkIsDue(second.messageId);
  expect(await check()).toBe(1);
  expect(await messageRow(db, first.messageId)).toMatchObject({ status: "uncertain", checkCount: 0 });
  expect((await messageRow(db, first.messageId)).nextCheckAt).not.toBeNull();
  expect(await messageRow(db, second.messageId)).toMatchObject({ status: "sent" });
});

test("a check that breaks, for whatever reason, keeps no other waiting", async () => {
  const [first, second] = [await uncertain(1), await uncertain(1)];
  await db.execute(sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'broken'; end $$`);
  await db.execute(
    sql.raw(`create trigger broken before update on messages for each row
    when (old.id = ${first.messageId} and new.status = 'sent') execute function refuse()`),
  );
  await db.execute(sql`update messages set next_check_at = now() - interval '1 minute'
    where id = ${first.messageId}`);
  await checkIsDue(second.messageId);
  expect(await check()).toBe(1);
  await db.execute(sql`drop trigger broken on messages`);
  expect(await messageRow(db, first.messageId)).toMatchObject({ status: "uncertain" });
  expect(await messageRow(db, second.messageId)).toMatchObject({ status: "sent" });
});

test("a message without news is asked about 10 min, 1 h, 6 h and 24 h after its acceptance, then left", async () => {
  const { messageId, attemptId, senderId, sids } = await uncertain(1);
  await answer(db, { messageId, attemptId, senderId }, accepted(sids[0] as string));
  for (const seconds of [600, 3_600, 6 * 3_600, 24 * 3_600]) {
    expect(await nextCheckAfter(messageId, "answered_at")).toBe(seconds);
    await checkIsDue(messageId);
    expect(await check()).toBe(1);
  }
  expect(await messageRow(db, messageId)).toMatchObject({ status: "sent", nextCheckAt: null });
});

test("[EX-5.5] what such a question finds is applied like a callback", async () => {
  const { messageId, attemptId, senderId, sids } = await uncertain(1);
  const sid = sids[0] as string;
  await answer(db, { messageId, attemptId, senderId }, accepted(sid));
  await stack.twilio.setStatus(sid, "delivered");
  await stack.twilio.idle();
  // As if the callback had never come.
  await db.update(messages).set({ status: "sent", deliveredAt: null }).where(eq(messages.id, messageId));
  await checkIsDue(messageId);
  await check();
  expect(await messageRow(db, messageId)).toMatchObject({ status: "delivered", nextCheckAt: null });
});
