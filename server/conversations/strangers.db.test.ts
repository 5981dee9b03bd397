// Who writes without being in the contacts: the super admin's, until they are a contact.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContact } from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";

const { db, sql } = await testDatabase();
const { post } = webhookOf(db);
const boss = await callerOf(db, "super_admin");
const hidden = (id: string, body: string) =>
  post(inboundForm("", body, { From: `whatsapp:FR.${id}`, ProfileName: "Léa Roux" }));
const strangerAt = async (address: string) => {
  const { rows } = await boss.call.strangers.list({});
  return rows.find((row) => row.address === address);
};

test("they are listed for super admins alone, with their last words", async () => {
  const { call } = await callerOf(db);
  await post(inboundForm("+33639971001", "Bonjour", { ProfileName: "Ana" }));
  await post(inboundForm("+33639971001", "Vous ouvrez quand ?", { ProfileName: "Ana" }));
  expect(await strangerAt("whatsapp:+33639971001")).toMatchObject({
    number: "+33639971001",
    profileName: "Ana",
    text: "Vous ouvrez quand ?",
    messageCount: 2,
  });
  expect((await boss.call.conversations.counts()).strangers).toBeGreaterThan(0);
  expect((await call.conversations.counts()).strangers).toBe(0);
  await expect(call.strangers.list({})).rejects.toThrow("auth.forbidden");
  await expect(call.strangers.get({ id: 1 })).rejects.toThrow("auth.forbidden");
  await expect(call.strangers.makeContact({ id: 1 })).rejects.toThrow("auth.forbidden");
  await expect(call.strangers.media({ strangerId: 1, id: 1, index: 0 })).rejects.toThrow("auth.forbidden");
});

test("made a contact, what they wrote is the conversation, read, and the window they opened is open", async () => {
  await post(inboundForm("+33639971002", "Un"));
  await post(inboundForm("+33639971002", "Deux", { NumMedia: "1", MediaUrl0: "https://api.twilio.com/x" }));
  const { id = 0 } = (await strangerAt("whatsapp:+33639971002")) ?? {};
  expect((await boss.call.strangers.get({ id })).messages.map(({ text }) => text)).toEqual(["Un", "Deux"]);
  const made = await boss.call.strangers.makeContact({ id, firstName: "Ana" });
  expect(made.isNew).toBe(true);
  const { contact, items } = await boss.call.conversations.get({ id: made.contactId });
  expect(contact).toMatchObject({ fullNumber: "+33639971002", firstName: "Ana", unread: false });
  expect(Date.now() - Number(contact.lastInboundAt)).toBeLessThan(60_000);
  expect(items).toMatchObject([{ text: "Un" }, { text: "Deux", media: [{ index: 0 }] }]);
  await boss.call.conversations.reply({ id: made.contactId, key: "cle-stranger", text: "Bonjour Ana" });
  await expect(boss.call.strangers.get({ id })).rejects.toThrow("unknown_sender.not_found");
  await expect(boss.call.strangers.makeContact({ id })).rejects.toThrow("unknown_sender.not_found");
  const [line] = await sql`select after from audit_log where action = 'unknown_sender.became_contact'`;
  expect(line?.after).toEqual({ contactId: made.contactId, isNew: true, messages: 2 });
});

test("who hides the number becomes a contact once one is entered, and is known by the id from then on", async () => {
  await hidden("AAA", "Bonjour");
  const { id = 0, number } = (await strangerAt("whatsapp:FR.AAA")) ?? {};
  expect(number).toBeNull();
  await expect(boss.call.strangers.makeContact({ id })).rejects.toThrow("contact.invalid_number");
  const { contactId } = await boss.call.strangers.makeContact({
    id,
    number: "06 39 97 10 03",
    country: "FR",
  });
  await hidden("AAA", "Encore moi");
  const { items, contact } = await boss.call.conversations.get({ id: contactId });
  expect(contact.fullNumber).toBe("+33639971003");
  expect(items).toMatchObject([{ text: "Bonjour" }, { text: "Encore moi" }]);
});

test("when the number entered is a contact's, that contact gets what they wrote", async () => {
  const { user, call } = await callerOf(db);
  const known = await makeContact(db, { createdBy: user.id, fullNumber: "+33639971004" });
  await hidden("BBB", "C’est Camille");
  const { id = 0 } = (await strangerAt("whatsapp:FR.BBB")) ?? {};
  expect(await boss.call.strangers.makeContact({ id, number: "+33639971004" })).toEqual({
    contactId: known,
    isNew: false,
  });
  expect((await call.conversations.get({ id: known })).items).toMatchObject([{ text: "C’est Camille" }]);
});

test("a number added by an admin brings along what it wrote, a STOP above all", async () => {
  const { call } = await callerOf(db);
  await post(inboundForm("+33639971005", "Qui êtes-vous ?"));
  await post(inboundForm("+33639971005", "STOP"));
  const { id } = await call.contacts.create({ number: "+33639971005", categoryIds: [] });
  const { contact, items } = await call.conversations.get({ id });
  expect(contact.optedOutAt).toBeInstanceOf(Date);
  expect(contact.unread).toBe(true);
  expect(items).toMatchObject([{ text: "Qui êtes-vous ?" }, { text: "STOP", keyword: "stop" }]);
  expect(await strangerAt("whatsapp:+33639971005")).toBeUndefined();
});

test("a START written as a stranger takes back the opt-out of the card before it, not one noted since", async () => {
  const { call } = await callerOf(db);
  for (const [number, noted, stays] of [
    ["+33639971008", "2 hours", false],
    ["+33639971009", "0 hours", true],
  ] as const) {
    const { id } = await call.contacts.create({ number, categoryIds: [] });
    await sql`update contacts set opted_out_at = now(), deleted_at = now() where id = ${id}`;
    await post(inboundForm(number, "STOP"));
    await post(inboundForm(number, "START"));
    await post(inboundForm(number, "Bonjour"));
    await sql`update unknown_sender_messages set received_at = received_at - interval '1 hour'`;
    await sql`update contacts set opted_out_at = now() - ${noted}::interval where id = ${id}`;
    await call.contacts.create({ number, categoryIds: [] });
    expect([number, (await call.contacts.get({ id })).optedOutAt !== null]).toEqual([number, stays]);
  }
});

test("what was a reaction stays one when its sender becomes a contact", async () => {
  const { call } = await callerOf(db);
  await post(inboundForm("+33639971010", "❤️", { MessageType: "reaction" }));
  await post(inboundForm("+33639971010", "Bonjour", { MessageType: "text" }));
  const { id } = await call.contacts.create({ number: "+33639971010", categoryIds: [] });
  expect((await call.conversations.get({ id })).items).toMatchObject([
    { type: "reaction", text: "❤️" },
    { type: "reply", text: "Bonjour" },
  ]);
});

test("a contact that was deleted and writes again is unknown again, and found as such", async () => {
  const { call } = await callerOf(db);
  await post(inboundForm("+33639971006", "Un"));
  const { id } = await call.contacts.create({ number: "+33639971006", categoryIds: [] });
  await call.contacts.delete({ id });
  await post(inboundForm("+33639971006", "Deux"));
  expect(await strangerAt("whatsapp:+33639971006")).toMatchObject({ text: "Deux", messageCount: 1 });
});

test("a message that is delivered again after it moved is not kept twice", async () => {
  const { call } = await callerOf(db);
  const form = inboundForm("+33639971007", "Un");
  await post(form);
  const { id } = await call.contacts.create({ number: "+33639971007", categoryIds: [] });
  await post(form);
  expect((await call.conversations.get({ id })).items).toHaveLength(1);
});
