// One id from the press of a button to Twilio's callback, across processes.
import { desc, eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { auditLog } from "#db/schema/audit.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { scheduleCampaign } from "#server/campaigns/schedule-campaign.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import { nameRequest } from "#server/request-id.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeCampaign, makeContact, makeEnv, makeLog } from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db, url } = await testDatabase();

const requestOf = async (campaignId: number, type: "message_1" | "message_2" = "message_1") => {
  const rows = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
  return rows.find(({ messageType }) => messageType === type)?.requestId;
};

test("a search in the logs for the press of a button finds the send and the callback", async () => {
  const stack = await startEngineStack({ db, url });
  onTestFinished(stack.close);
  const user = await makeSignedIn(db);
  const contactId = await makeContact(db, { createdBy: user.id });
  const campaignId = await makeCampaign(db, [contactId], { createdBy: user.id });
  const context = makeContext(db, user, { requestId: "press-of-launch" });
  const services = { ...context.services, env: stack.env };
  await createCaller({ ...context, services }).campaigns.launch({ id: campaignId });
  const log = makeLog();
  const worker = await startWorker(stack.env, log, { sweepEveryMs: 50, deadAfterMs: 10_000 });
  onTestFinished(worker.stop);
  const found = () =>
    [...log.lines, ...stack.log.lines]
      .map((line) => JSON.parse(line) as { requestId?: string; msg: string; status?: string })
      .filter(({ requestId }) => requestId === "press-of-launch")
      .map(({ msg, status }) => (status ? `${msg}: ${status}` : msg));
  await expect
    .poll(found, { timeout: 10_000 })
    .toEqual(expect.arrayContaining(["message accepted", "webhook stored: delivered"]));
  const [entry] = await db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
  expect(entry).toMatchObject({ action: "campaign.launched", requestId: "press-of-launch" });
});

test("Message 2 names the call that brought the answer", async () => {
  const number = "+33639980001";
  const contactId = await makeContact(db, { fullNumber: number });
  const campaignId = await makeCampaign(db, [contactId]);
  await launchCampaign(db, { campaignId, env: makeEnv() });
  await db
    .update(messages)
    .set({ status: "delivered", sentAt: new Date(), nextAttemptAt: null })
    .where(eq(messages.campaignId, campaignId));
  const { post } = webhookOf(db);
  await post(inboundForm(number, "Oui"), { requestId: "call-with-answer" });
  expect(await requestOf(campaignId, "message_2")).toBe("call-with-answer");
});

test("a scheduled campaign starts in the name of who scheduled it", async () => {
  const campaignId = await makeCampaign(db, [await makeContact(db)]);
  const env = makeEnv();
  await db.transaction(async (tx) => {
    await nameRequest(tx, "press-of-schedule");
    const day = { date: "2099-01-01", time: "09:00" };
    await scheduleCampaign(tx as never, { campaignId, ...day, options: defaultLaunchOptions, env });
  });
  await db.execute(
    `update campaigns set scheduled_at = now() - interval '1 minute' where id = ${campaignId}`,
  );
  await launchCampaign(db, { campaignId, env, onlyWhenDue: true });
  expect(await requestOf(campaignId)).toBe("press-of-schedule");
});

test("a message sent again by hand names the press that sent it again", async () => {
  const campaignId = await makeCampaign(db, [await makeContact(db)]);
  await db.transaction(async (tx) => {
    await nameRequest(tx, "first-press");
    await launchCampaign(tx as never, { campaignId, env: makeEnv() });
  });
  expect(await requestOf(campaignId)).toBe("first-press");
  await db
    .update(messages)
    .set({ status: "failed", nextAttemptAt: null, failedAt: new Date() })
    .where(eq(messages.campaignId, campaignId));
  await db.transaction(async (tx) => {
    await nameRequest(tx, "second-press");
    await retryFailed(tx, { campaignId });
  });
  expect(await requestOf(campaignId)).toBe("second-press");
});
