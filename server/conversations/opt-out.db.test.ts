// Who wants no more messages: recorded, kept to at every claim, undone by their own word or by an admin's with a reason.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { callerOf, makeContext, makeServices } from "#server/testing/caller.ts";
import { claimAll, eventsOf, makeSenderEnv, messageRow } from "#server/testing/engine.ts";
import { makeCampaign, makeContact, makeLaunched } from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db, sql } = await testDatabase();
const { post } = webhookOf(db);

const numberOf = async (id: number) => {
  const [row] = await sql`select full_number from contacts where id = ${id}`;
  return String(row?.full_number);
};
const says = async (id: number, body: string) => post(inboundForm(await numberOf(id), body));
const optedOut = async (id: number) => {
  const [row] = await sql`select opted_out_at is not null as yes from contacts where id = ${id}`;
  return row?.yes;
};

test("who opts out after the launch gets nothing of it: skipped at the claim, with the reason", async () => {
  const { contactIds, messageIds, senderId } = await makeLaunched(db, 3, {}, makeSenderEnv());
  await says(contactIds[1] as number, "Désinscrire, merci");
  const [first, second, third] = messageIds as [number, number, number];
  expect((await claimAll(db, senderId)).sort()).toEqual([first, third].sort());
  expect(await messageRow(db, second)).toMatchObject({ status: "skipped", reason: "opted_out", attempt: 0 });
  expect((await eventsOf(db, second, "recheck"))[0]).toMatchObject({ data: { reason: "opted_out" } });
});

test("a reply that waits is skipped too, and none is taken in afterwards", async () => {
  const { user } = await callerOf(db);
  const env = makeSenderEnv();
  const call = createCaller(makeContext(db, user, { services: makeServices(db, env) }));
  const id = await makeContact(db, { createdBy: user.id });
  await says(id, "Bonjour");
  const { messageId } = await call.conversations.reply({ id, key: "cle-0000001", text: "Bonjour !" });
  await says(id, "ARRÊT");
  const { senderId } = await messageRow(db, messageId);
  expect(await claimAll(db, senderId as number)).toEqual([]);
  expect(await messageRow(db, messageId)).toMatchObject({ status: "skipped", reason: "opted_out" });
  const again = call.conversations.reply({ id, key: "cle-0000002", text: "S’il vous plaît" });
  await expect(again).rejects.toThrow("conversation.opted_out");
  const { items, contact } = await call.conversations.get({ id });
  expect(contact.optedOutAt).toBeInstanceOf(Date);
  expect(items).toMatchObject([
    { kind: "received", keyword: null },
    { kind: "sent", status: "skipped", reason: "opted_out" },
    { kind: "received", text: "ARRÊT", keyword: "stop" },
  ]);
});

test("only START takes it back: neither another message nor joining the sandbox does", async () => {
  const id = await makeContact(db);
  await says(id, "stop");
  for (const other of ["Bonjour", "join paper-plane", "start un peu plus tard"]) {
    await says(id, other);
    expect([other, await optedOut(id)]).toEqual([other, true]);
  }
  await says(id, "START");
  expect(await optedOut(id)).toBe(false);
});

test("an admin lifts it with a reason, which stands in the audit log and in the conversation", async () => {
  const { user, call } = await callerOf(db);
  const id = await makeContact(db, { createdBy: user.id });
  await says(id, "STOP");
  await expect(call.contacts.liftOptOut({ id, reason: "  " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await call.contacts.liftOptOut({ id, reason: "Demande par téléphone" });
  expect(await optedOut(id)).toBe(false);
  const [line] =
    await sql`select action, subject_id, before, after, ip from audit_log where user_id = ${user.id}`;
  expect(line).toMatchObject({
    action: "contact.opt_out_lifted",
    subject_id: String(id),
    before: { optedOutAt: expect.any(String) },
    after: { reason: "Demande par téléphone" },
    ip: "192.0.2.1",
  });
  expect((await call.conversations.get({ id })).items.at(-1)).toMatchObject({
    kind: "change",
    action: "opted_in",
    reason: "Demande par téléphone",
    userEmail: user.email,
  });
  await expect(call.contacts.liftOptOut({ id, reason: "Encore" })).rejects.toThrow("contact.not_opted_out");
});

test("an admin notes one that was told otherwise, and nothing goes any more", async () => {
  const { user, call } = await callerOf(db);
  const id = await makeContact(db, { createdBy: user.id });
  await call.contacts.optOut({ id, reason: "Appel du 3 mars" });
  await expect(call.contacts.optOut({ id, reason: "Encore" })).rejects.toThrow("contact.already_opted_out");
  const campaignId = await makeCampaign(db, [id], { createdBy: user.id });
  await launchCampaign(db, { campaignId, env: makeSenderEnv() });
  expect(await sql`select status, reason from messages where contact_id = ${id}`).toEqual([
    { status: "skipped", reason: "opted_out" },
  ]);
  const { call: other } = await callerOf(db);
  await expect(other.contacts.liftOptOut({ id, reason: "Pas à moi" })).rejects.toThrow("contact.not_found");
  await expect(other.contacts.optOut({ id, reason: "Pas à moi" })).rejects.toThrow("contact.not_found");
  expect(await optedOut(id)).toBe(true);
});
