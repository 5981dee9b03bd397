// The flight recorder: everything that happened to a message, oldest first, from what was recorded anyway.
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { loseDeadClaims } from "#server/messages/lose-dead-claims.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import { callerOf } from "#server/testing/caller.ts";
import {
  accepted,
  answer,
  claimNext,
  makeSenderEnv,
  makeSid,
  refused,
  testWorker,
  unknown,
  unreachable,
} from "#server/testing/engine.ts";
import { makeCampaign, makeContact, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import { inboundForm, statusForm, webhookOf } from "#server/testing/webhooks.ts";

const { db } = await testDatabase();
const { post } = webhookOf(db);
const [claire, other] = [await callerOf(db), await callerOf(db)];

async function launched() {
  const { senderId, messageIds, campaignId } = await makeLaunched(
    db,
    1,
    { createdBy: claire.user.id },
    makeSenderEnv(),
  );
  const claim = async () => {
    await db.update(senders).set({ nextSlotAt: sql`now()` }).where(eq(senders.id, senderId));
    await db.update(messages).set({ nextAttemptAt: sql`now()` }).where(eq(messages.status, "pending"));
    return { ...(await claimNext(db, senderId)), senderId };
  };
  return { senderId, campaignId, messageId: messageIds[0] as number, claim };
}

const timeline = (id: number) => claire.call.proof.message({ id });

/** Kind, attempt and move of each step, in a line. */
const lines = async (id: number) =>
  (await timeline(id)).map(({ kind, attempt, fromStatus, toStatus, facts }) =>
    [kind, attempt, facts.cause, toStatus && `${fromStatus ?? ""}>${toStatus}`].filter(Boolean).join(" "),
  );

test("a message that is sent, delivered, read and answered, and the Message 2 that follows", async () => {
  const { messageId, claim, campaignId } = await launched();
  const sent = await claim();
  const sid = makeSid();
  await answer(db, sent, accepted(sid));
  const query = `?attempt=${sent.attemptId}`;
  for (const status of ["sent", "delivered", "delivered", "read"]) {
    expect((await post(statusForm(sid, status, sent.toAddress), { query })).status).toBe(200);
  }
  const inbound = inboundForm(sent.toAddress.replace("whatsapp:", ""), "Oui, volontiers");
  await post(inbound);
  expect(await lines(messageId)).toEqual([
    "queued >pending",
    "slot 1 pending>sending",
    "request 1",
    "answer 1",
    "move 1 accept sending>sent",
    "callback 1",
    "callback 1",
    "move 1 deliver sent>delivered",
    "callback 1",
    "callback 1",
    "move 1 read delivered>read",
    "contactAnswer",
    "messageTwo",
  ]);
  const steps = await timeline(messageId);
  expect(steps.map(({ at }) => at.getTime())).toEqual(
    steps.map(({ at }) => at.getTime()).sort((a, b) => a - b),
  );
  expect(steps[1]?.facts).toMatchObject({ slot: expect.any(String), workerId: testWorker });
  expect(steps[3]?.facts).toMatchObject({ httpStatus: 201, sid, afterRequestMs: expect.any(Number) });
  expect(steps[6]?.facts).toMatchObject({
    status: "delivered",
    by: "callback",
    webhookEventId: expect.any(Number),
    receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(steps[11]?.facts).toMatchObject({ content: "Oui, volontiers", inboundSid: inbound.MessageSid });
  const [two] = await db
    .select()
    .from(messages)
    .where(eq(messages.dedupeKey, `m2:${inbound.MessageSid}`));
  expect(steps[12]?.facts).toMatchObject({ messageId: two?.id, campaignId });

  expect(await lines(two?.id as number)).toEqual(["contactAnswer", "queued >pending"]);
  expect((await timeline(two?.id as number))[1]?.facts).toMatchObject({ answers: messageId });
});

test("retries, an answer that was lost, a dead worker and what they led to", async () => {
  const { messageId, claim, campaignId } = await launched();
  await answer(db, await claim(), unreachable);
  await answer(db, await claim(), refused(20429, 429));
  const lost = await claim();
  await loseDeadClaims(db, { deadAfterMs: 0, twilioTimeoutMs: 15_000, retryDelaysSeconds: [60, 120, 240] });
  await answer(db, lost, refused(63024));
  // within the millisecond in which the claim was given up
  await db.execute(sql`update message_attempts a set answered_at = e.at + interval '1 microsecond'
    from message_events e where e.attempt_id = a.id and e.type = 'lose'`);
  await retryFailed(db, { campaignId, messageId });
  await answer(db, await claim(), { kind: "givenBack" });
  await answer(db, await claim(), unknown);
  expect(await lines(messageId)).toEqual([
    "queued >pending",
    "slot 1 pending>sending",
    "request 1",
    "answer 1",
    "move 1 retry sending>pending",
    "slot 2 pending>sending",
    "request 2",
    "answer 2",
    "move 2 retry sending>pending",
    "slot 3 pending>sending",
    "request 3",
    "move 3 lose sending>uncertain",
    "answer 3",
    "move 3 refuse uncertain>failed",
    "move 3 retryByHand failed>pending",
    "slot 4 pending>sending",
    "request 4",
    "answer 4",
    "move 4 giveBack sending>pending",
    "slot 5 pending>sending",
    "request 5",
    "answer 5",
    "move 5 lose sending>uncertain",
  ]);
});

test("the launch that skipped a contact, the check that did, and a cancelled campaign are in it", async () => {
  const env = makeSenderEnv();
  const out = await makeContact(db, { optedOutAt: new Date(), createdBy: claire.user.id });
  const later = await makeContact(db, { createdBy: claire.user.id });
  const never = await makeContact(db, { createdBy: claire.user.id });
  const campaignId = await makeCampaign(db, [out, later, never], { createdBy: claire.user.id });
  await launchCampaign(db, { campaignId, env: makeEnv({ TWILIO_SANDBOX_NUMBER: env.twilioSandboxNumber }) });
  const rows = await db
    .select()
    .from(messages)
    .where(eq(messages.campaignId, campaignId))
    .orderBy(messages.id);
  const [skipped, rechecked, cancelled] = rows.map(({ id }) => id) as [number, number, number];
  await db.execute(sql`update contacts set opted_out_at = now() where id = ${later}`);
  await db.execute(
    sql`update messages set next_attempt_at = now() + interval '1 hour' where id = ${cancelled}`,
  );
  await claimNext(db, rows[0]?.senderId as number).catch(() => {});
  await cancelCampaign(db, { campaignId });
  expect(await lines(skipped)).toEqual(["queued >skipped"]);
  expect((await timeline(skipped))[0]?.facts).toEqual({ reason: "opted_out" });
  expect(await lines(rechecked)).toEqual(["queued >pending", "move recheck pending>skipped"]);
  expect(await lines(cancelled)).toEqual(["queued >pending", "move cancel pending>cancelled"]);
});

test("an answer without Message 2 says why", async () => {
  const { messageId, claim } = await launched();
  const sent = await claim();
  await answer(db, sent, accepted(makeSid()));
  await post(inboundForm(sent.toAddress.replace("whatsapp:", ""), "STOP"));
  const steps = await timeline(messageId);
  expect(steps.slice(-2)).toMatchObject([
    { kind: "contactAnswer", facts: { content: "STOP" } },
    { kind: "noMessageTwo", facts: { refusal: "keyword" } },
  ]);
});

test("the exported journal holds the steps and all they were built from, callbacks that changed nothing included", async () => {
  const { messageId, claim } = await launched();
  const sent = await claim();
  const sid = makeSid();
  await answer(db, sent, accepted(sid));
  const query = `?attempt=${sent.attemptId}`;
  await post(statusForm(sid, "read", sent.toAddress), { query });
  await post(statusForm(sid, "delivered", "whatsapp:+33600000000"), { query });
  const journal = await claire.call.proof.journal({ id: messageId });
  expect(journal).toMatchObject({
    format: "relance-message-journal/1",
    message: { id: messageId, status: "read", toAddress: sent.toAddress, whatsappMessageId: sid },
    attempts: [{ id: sent.attemptId, sid, outcome: "accepted", slotAt: expect.any(Date) }],
    callbacks: [{ result: "applied" }, { result: "wrong_recipient" }],
    answers: [],
  });
  expect(journal.events.map(({ type }) => type)).toEqual(["claim", "accept", "status", "deliver"]);
  expect(journal.steps).toEqual(await timeline(messageId));
  expect(JSON.parse(JSON.stringify(journal)).steps).toHaveLength(journal.steps.length);
});

test("another's message has no timeline and no journal", async () => {
  const { messageId, campaignId } = await launched();
  const notFound = { code: "NOT_FOUND" };
  await expect(other.call.proof.message({ id: messageId })).rejects.toMatchObject(notFound);
  await expect(other.call.proof.journal({ id: messageId })).rejects.toMatchObject(notFound);
  await expect(other.call.proof.campaign({ id: campaignId })).rejects.toMatchObject(notFound);
  expect(await claire.call.proof.campaign({ id: campaignId })).toMatchObject({
    ok: true,
    campaign: { id: campaignId },
    recipients: 1,
  });
});
