// Several messages at Twilio may be the uncertain one: the admin decides (engine.md 8), through the procedures.
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { completeCampaigns } from "#server/campaigns/complete-campaigns.ts";
import { checkMessages } from "#server/messages/check-messages.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import {
  accepted,
  answer,
  attemptRow,
  callBack,
  campaignRow,
  claimNext,
  eventsOf,
  lockWaiters,
  messageRow,
  unknown,
} from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

const database = await testDatabase();
const { db } = database;
const stack = await startEngineStack(database, {
  env: { SEND_INTERVAL_MS: "0" },
  simulator: { autoProgress: false },
});
afterAll(() => stack.close());
const gateway = createTwilioGateway(stack.env);
/** What arrives this way never calls back. */
const silent = createTwilioGateway({ ...stack.env, webhookBaseUrl: "http://127.0.0.1:9" });
const [claire, other] = [await makeSignedIn(db), await makeSignedIn(db)];

beforeEach(async () => {
  await stack.twilio.clearFaults();
  await db
    .update(messages)
    .set({ status: "cancelled", nextAttemptAt: null, nextCheckAt: null, reason: null });
});

function caller(user: typeof claire | null) {
  const context = makeContext(db, user);
  return createCaller({ ...context, services: { ...context.services, env: stack.env } }).proof;
}

/** A message whose request had no answer, and of which Twilio has two. */
async function undecided() {
  const { senderId, campaignId } = await makeLaunched(db, 1, { createdBy: claire.id }, stack.env);
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const sids = [await arrive(claim), await arrive(claim)] as const;
  await answer(db, claim, unknown);
  await db.update(messages).set({ nextCheckAt: sql`now()` }).where(sql`id = ${claim.messageId}`);
  await checkMessages({ db, gateway, log: stack.log, env: stack.env });
  expect(await messageRow(db, claim.messageId)).toMatchObject({ reason: "several_candidates" });
  return { ...claim, campaignId, sids, id: claim.messageId };
}

async function arrive(claim: Awaited<ReturnType<typeof claimNext>>): Promise<string> {
  const sent = await silent.send({ ...claim, to: claim.toAddress, from: claim.fromAddress });
  if (sent.kind !== "accepted") throw new Error(`the simulator answered ${JSON.stringify(sent)}`);
  return sent.sid;
}

const audits = (id: number) =>
  queryRows(
    db,
    sql`select user_id, before, after from audit_log where action = 'message.decided' and subject_id = ${String(id)}`,
  );

/** Seconds from the claim to the next attempt. */
async function dueAfter(messageId: number): Promise<number | undefined> {
  const [due] = await queryRows<{ seconds: number }>(
    db,
    sql`select extract(epoch from m.next_attempt_at - a.claimed_at)::float8 as seconds
      from messages m join message_attempts a on a.id = m.current_attempt_id where m.id = ${messageId}`,
  );
  return due?.seconds;
}

test("the candidates are shown as Twilio has them now, without those somebody owns", async () => {
  const { id, sids } = await undecided();
  await stack.twilio.setStatus(sids[0], "read");
  const shown = await caller(claire).candidates({ id });
  expect(new Map(shown.map(({ sid, status }) => [sid, status]))).toEqual(
    new Map([
      [sids[0], "read"],
      [sids[1], "queued"],
    ]),
  );
  expect(shown[0]).toMatchObject({ createdAt: expect.any(Date), body: expect.stringContaining("code") });
  const foreign = await makeLaunched(db, 1, {}, stack.env);
  const taken = { ...(await claimNext(db, foreign.senderId)), senderId: foreign.senderId };
  await answer(db, taken, accepted(sids[1]));
  expect((await caller(claire).candidates({ id })).map(({ sid }) => sid)).toEqual([sids[0]]);
});

test("adopted, the message is what Twilio says of it, and its campaign can complete", async () => {
  const { id, sids, attemptId, campaignId } = await undecided();
  await completeCampaigns(db);
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending" });
  expect(await caller(claire).undecided({ id: campaignId })).toEqual({ count: 1, firstMessageId: id });
  await stack.twilio.setStatus(sids[1], "delivered");
  expect(await caller(claire).decide({ id, sid: sids[1] })).toEqual({ status: "delivered" });
  expect(await messageRow(db, id)).toMatchObject({
    status: "delivered",
    whatsappMessageId: sids[1],
    reason: null,
  });
  expect(await attemptRow(db, attemptId)).toMatchObject({ sid: sids[1], outcome: "accepted" });
  const [decision] = await eventsOf(db, id, "decide");
  expect(decision).toMatchObject({ attemptId, data: { sid: sids[1], userId: claire.id } });
  expect(await audits(id)).toEqual([
    {
      user_id: claire.id,
      before: { status: "uncertain" },
      after: { sid: sids[1], status: "delivered" },
    },
  ]);
  expect(await caller(claire).undecided({ id: campaignId })).toEqual({ count: 0, firstMessageId: null });
  await completeCampaigns(db);
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "completed", deliveredCount: 1 });
  expect((await proveLedger(db, { campaignId })).ok).toBe(true);
});

test("adopted, a message that Twilio had refused fails with its code", async () => {
  const { id, sids } = await undecided();
  await stack.twilio.setStatus(sids[0], "failed", 63024);
  expect(await caller(claire).decide({ id, sid: sids[0] })).toEqual({ status: "failed" });
  expect(await messageRow(db, id)).toMatchObject({ status: "failed", errorCode: 63024 });
});

test("[EX-6.3] declared absent, it is tried again when the third look would have allowed it, and not before", async () => {
  const { id, attemptId, campaignId } = await undecided();
  expect(await caller(claire).decide({ id, sid: null })).toEqual({ status: "pending" });
  expect(await messageRow(db, id)).toMatchObject({
    status: "pending",
    retryCount: 1,
    reason: null,
    priority: 1,
  });
  expect(await dueAfter(id)).toBe(240);
  expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "absent", sid: null });
  expect((await proveLedger(db, { campaignId })).ok).toBe(true);
});

test("[EX-6.4] declared absent with its retries used up, it fails", async () => {
  const { id } = await undecided();
  await db.update(messages).set({ retryCount: 3 }).where(sql`id = ${id}`);
  expect(await caller(claire).decide({ id, sid: null })).toEqual({ status: "failed" });
  expect(await messageRow(db, id)).toMatchObject({ errorMessage: "absent_at_twilio", reason: null });
});

test("another's message is not found, a message that is decided takes no second decision", async () => {
  const { id, sids, campaignId } = await undecided();
  const notFound = { code: "NOT_FOUND", message: "message.not_found" };
  await expect(caller(other).candidates({ id })).rejects.toMatchObject(notFound);
  await expect(caller(other).decide({ id, sid: null })).rejects.toMatchObject(notFound);
  await expect(caller(other).undecided({ id: campaignId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(caller(null).decide({ id, sid: null })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await messageRow(db, id)).toMatchObject({ status: "uncertain" });
  await caller(claire).decide({ id, sid: sids[0] });
  await expect(caller(claire).decide({ id, sid: sids[1] })).rejects.toMatchObject({
    message: "message.not_undecided",
  });
  expect(await audits(id)).toHaveLength(1);
});

test("what is no candidate, or no longer, cannot be adopted", async () => {
  const { id, sids } = await undecided();
  const gone = { code: "CONFLICT", message: "message.candidate_gone" };
  await expect(caller(claire).decide({ id, sid: "SM0" })).rejects.toMatchObject(gone);
  const foreign = await makeLaunched(db, 1, {}, stack.env);
  const taken = { ...(await claimNext(db, foreign.senderId)), senderId: foreign.senderId };
  await answer(db, taken, accepted(sids[0]));
  await expect(caller(claire).decide({ id, sid: sids[0] })).rejects.toMatchObject(gone);
  expect(await messageRow(db, id)).toMatchObject({ status: "uncertain", reason: "several_candidates" });
  expect(await eventsOf(db, id, "decide")).toEqual([]);
});

test("a Twilio that does not answer decides nothing", async () => {
  const { id } = await undecided();
  await stack.twilio.fault({ request: "list", times: null, behaviour: { kind: "http-error", status: 503 } });
  await expect(caller(claire).decide({ id, sid: null })).rejects.toMatchObject({
    code: "BAD_GATEWAY",
    message: "twilio.unreachable",
  });
  expect(await messageRow(db, id)).toMatchObject({ status: "uncertain" });
});

test("of two decisions at once one counts", async () => {
  const { id, sids } = await undecided();
  const decisions = await Promise.allSettled([
    caller(claire).decide({ id, sid: sids[0] }),
    caller(claire).decide({ id, sid: null }),
    caller(claire).decide({ id, sid: sids[1] }),
  ]);
  expect(decisions.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await eventsOf(db, id, "decide")).toHaveLength(1);
  expect(await audits(id)).toHaveLength(1);
});

test("a callback that settles it while the admin decides leaves nothing to decide", async () => {
  const { id, attemptId, sids } = await undecided();
  let decision: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await tx.execute(
      sql`select from campaigns where id = (select campaign_id from messages where id = ${id}) for update`,
    );
    const settling = callBack(db, attemptId, { sid: sids[0], status: "read" });
    await lockWaiters(db, 1);
    decision = caller(claire)
      .decide({ id, sid: null })
      .catch((error: Error) => error.message);
    await lockWaiters(db, 2);
    void settling;
  });
  expect(await decision).toBe("message.not_undecided");
  expect(await messageRow(db, id)).toMatchObject({ status: "read", whatsappMessageId: sids[0] });
});
