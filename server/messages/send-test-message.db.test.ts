// A test of Message 1 to one number: ahead of bulk, under any campaign that is not stopped, and in no counter.
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { campaigns, templates } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { deleteCampaign } from "#server/campaigns/delete-campaign.ts";
import { sendersWithDueWork } from "#server/messages/due-work.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import { sendTestMessage } from "#server/messages/send-test-message.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import {
  accepted,
  answer,
  campaignRow,
  claimAll,
  claimNext,
  makeSenderEnv,
  makeSid,
  messageRow,
  refused,
} from "#server/testing/engine.ts";
import {
  countersAndRows,
  makeCampaign,
  makeContact,
  makeLaunched,
  testContentSid,
} from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";

const { db } = await testDatabase();
const user = await makeSignedIn(db);
const nobody = "06 39 98 00 01";
await db.insert(templates).values({
  contentSid: testContentSid,
  name: "Test",
  body: "Your {{1}} code is {{2}}",
  variables: { 1: "Twilio", 2: "1234567" },
  source: "account",
});

const draft = (patch = {}) => makeCampaign(db, [], { createdBy: user.id, ...patch });
const send = (campaignId: number, env = makeSenderEnv(), number = nobody) =>
  sendTestMessage(db, { user, campaignId, number, country: "FR", env });

test("[EX-2.2] goes out from a draft, to the number typed, with the fallback or Twilio's sample for what is no contact", async () => {
  const campaignId = await draft({
    variables: {
      1: { type: "field", field: "lastName" },
      2: { type: "field", field: "firstName", fallback: "client" },
    },
  });
  const { messageId } = await send(campaignId);
  const row = await messageRow(db, messageId);
  expect(row).toMatchObject({
    messageType: "test",
    toAddress: "whatsapp:+33639980001",
    content: "Your Twilio code is client",
    contentVariables: { 1: "Twilio", 2: "client" },
    contactId: null,
  });
  const senderId = row.senderId as number;
  expect((await sendersWithDueWork(db, { lanes: 5 })).map((due) => due.senderId)).toContain(senderId);
  const claim = await claimNext(db, senderId);
  expect(claim.messageId).toBe(messageId);
  await answer(db, { ...claim, senderId }, accepted(makeSid()));
  expect((await messageRow(db, messageId)).status).toBe("sent");
  expect(await campaignRow(db, campaignId)).toMatchObject({
    status: "draft",
    sentCount: 0,
    totalRecipients: 0,
  });
});

test("a contact of the admin fills the variables; somebody else's stays unknown", async () => {
  const number = "+33639980002";
  await makeContact(db, { fullNumber: number, firstName: "Ana", createdBy: user.id });
  const { messageId } = await send(await draft(), makeSenderEnv(), number);
  expect(await messageRow(db, messageId)).toMatchObject({ content: "Your Relance code is Ana" });
  const theirs = "+33639980003";
  await makeContact(db, { fullNumber: theirs, firstName: "Bob" });
  const other = await send(await draft(), makeSenderEnv(), theirs);
  expect(await messageRow(db, other.messageId)).toMatchObject({
    content: "Your Relance code is 1234",
    contactId: null,
  });
});

test("goes before bulk that waits, counts in nothing, and pauses no campaign when it fails", async () => {
  const env = makeSenderEnv();
  const { campaignId, senderId } = await makeLaunched(db, 3, { createdBy: user.id }, env);
  const before = await countersAndRows(db, campaignId);
  const { messageId } = await send(campaignId, env);
  const claim = await claimNext(db, senderId);
  expect(claim.messageId).toBe(messageId);
  await answer(db, { ...claim, senderId }, refused(21656));
  expect((await messageRow(db, messageId)).status).toBe("failed");
  expect(await countersAndRows(db, campaignId)).toEqual(before);
  expect(await campaignRow(db, campaignId)).toMatchObject({ failureStreak: 0, failedCount: 0 });
  expect(await retryFailed(db, { campaignId })).toBe(0);
});

test("is refused for who opted out, for no number, without a template, and under a stopped campaign", async () => {
  const refusal = (campaignId: number, number?: string) =>
    send(campaignId, makeSenderEnv(), number).then(
      () => "sent",
      (error: { code?: string }) => error.code,
    );
  await makeContact(db, { fullNumber: "+33639980004", optedOutAt: new Date() });
  expect(await refusal(await draft(), "+33639980004")).toBe("message.recipient_opted_out");
  expect(await refusal(await draft(), "12")).toBe("contact.invalid_number");
  expect(await refusal(await draft({ contentSid: null }))).toBe("template.not_configured");
  expect(await refusal(await draft({ variables: {} }))).toBe("campaign.variable_invalid");
  for (const status of ["paused", "cancelled", "failed"] as const) {
    expect(await refusal(await draft({ status })), status).toBe("campaign.wrong_status");
  }
});

test("is refused for who opted out and was deleted since; one deleted otherwise is written to as a stranger", async () => {
  const [stopped, deleted] = ["+33639980006", "+33639980007"];
  const gone = { createdBy: user.id, deletedAt: new Date(), firstName: "Ana" };
  await makeContact(db, { ...gone, fullNumber: stopped, optedOutAt: new Date() });
  await makeContact(db, { ...gone, fullNumber: deleted });
  await expect(send(await draft(), makeSenderEnv(), stopped)).rejects.toMatchObject({
    code: "message.recipient_opted_out",
  });
  const { messageId } = await send(await draft(), makeSenderEnv(), deleted);
  expect(await messageRow(db, messageId)).toMatchObject({
    contactId: null,
    content: "Your Relance code is 1234",
  });
});

test("is refused for a stranger who wrote STOP, until they write START", async () => {
  const { post } = webhookOf(db);
  const number = "+33639980008";
  await post(inboundForm(number, "STOP"));
  await post(inboundForm(number, "Merci"));
  await expect(send(await draft(), makeSenderEnv(), number)).rejects.toMatchObject({
    code: "message.recipient_opted_out",
  });
  await post(inboundForm(number, "START"));
  await send(await draft(), makeSenderEnv(), number);
});

test("to another's contact or to a stranger who opts out before it is claimed is skipped", async () => {
  const env = makeSenderEnv();
  const [theirs, stranger, silent] = ["+33639980011", "+33639980012", "+33639980013"];
  const contactId = await makeContact(db, { fullNumber: theirs });
  const { post } = webhookOf(db);
  for (const number of [stranger, silent]) await post(inboundForm(number, "Bonjour"));
  const toThem = await send(await draft(), env, theirs);
  const toStranger = await send(await draft(), env, stranger);
  const toSilent = await send(await draft(), env, silent);
  await db.update(contacts).set({ optedOutAt: sql`now()` }).where(eq(contacts.id, contactId));
  await post(inboundForm(stranger, "Arrêt, merci"));
  const { senderId } = await messageRow(db, toThem.messageId);
  expect(await claimAll(db, senderId as number)).toEqual([toSilent.messageId]);
  for (const { messageId } of [toThem, toStranger]) {
    expect(await messageRow(db, messageId)).toMatchObject({ status: "skipped", reason: "opted_out" });
  }
});

test("to a contact who opts out before it is claimed is skipped, and one whose campaign is deleted is cancelled", async () => {
  const env = makeSenderEnv();
  const number = "+33639980005";
  const contactId = await makeContact(db, { fullNumber: number, createdBy: user.id });
  const { messageId } = await send(await draft(), env, number);
  await db.update(contacts).set({ optedOutAt: sql`now()` }).where(eq(contacts.id, contactId));
  const deleted = await draft();
  const waiting = await send(deleted, env);
  await deleteCampaign(db, { user, id: deleted });
  const { senderId } = await messageRow(db, messageId);
  await expect(claimNext(db, senderId as number)).rejects.toThrow("idle");
  expect((await messageRow(db, messageId)).status).toBe("skipped");
  expect((await messageRow(db, waiting.messageId)).status).toBe("cancelled");
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, deleted));
  expect(campaign?.deletedAt).not.toBeNull();
});
