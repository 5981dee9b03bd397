// The inbox and the threads: who sees what, in which order, what is unread.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { accepted, answer, claimNext, makeSenderEnv, makeSid } from "#server/testing/engine.ts";
import { makeContact, makeContacts, makeLaunched } from "#server/testing/factories.ts";
import { inboundForm, type WebhookForm, webhookOf } from "#server/testing/webhooks.ts";

const { db, sql } = await testDatabase();
const { post } = webhookOf(db);

const numberOf = async (id: number) => {
  const [row] = await sql`select full_number from contacts where id = ${id}`;
  return String(row?.full_number);
};
const says = async (id: number, body: string, fields: WebhookForm = {}) =>
  post(inboundForm(await numberOf(id), body, fields));

test("the inbox holds who wrote, the latest first, with what is unread and the last words", async () => {
  const { user, call } = await callerOf(db);
  const [first = 0, second = 0, silent = 0] = await makeContacts(db, 3, { createdBy: user.id });
  await says(first, "Bonjour");
  await says(second, "Salut");
  await says(first, "Vous êtes là ?");
  const inbox = await call.conversations.list({});
  expect(inbox.rows.map(({ id, unread, preview }) => [id, unread, preview?.text])).toEqual([
    [first, 2, "Vous êtes là ?"],
    [second, 1, "Salut"],
  ]);
  expect(inbox.rows.map(({ id }) => id)).not.toContain(silent);
  expect(inbox.total).toBe(2);
  expect(await call.conversations.counts()).toEqual({ unread: 2, strangers: 0 });
});

test("pages follow each other without a gap, and a text that is no cursor is the first", async () => {
  const { user, call } = await callerOf(db);
  const ids = await makeContacts(db, 60, { createdBy: user.id });
  // several at the same moment
  await sql`update contacts set conversed_at = now() - (id % 7) * interval '1 minute' where id = any (${ids})`;
  const first = await call.conversations.list({});
  const second = await call.conversations.list({ after: first.next });
  const third = await call.conversations.list({ after: second.next });
  const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(seen).toHaveLength(60);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(third.next).toBeNull();
  expect((await call.conversations.list({ before: third.previous })).rows).toEqual(second.rows);
  expect((await call.conversations.list({ after: "n’importe quoi" })).rows).toEqual(first.rows);
});

test("search and filters find what they say", async () => {
  const { user, call } = await callerOf(db);
  const [open = 0, closed = 0, stopped = 0] = [
    await makeContact(db, { createdBy: user.id, firstName: "Maëlle" }),
    await makeContact(db, { createdBy: user.id, firstName: "Lou" }),
    await makeContact(db, { createdBy: user.id, firstName: "Noé" }),
  ];
  for (const id of [open, closed, stopped]) await says(id, "Bonjour");
  await says(stopped, "STOP");
  await sql`update contacts set last_inbound_at = now() - interval '25 hours' where id = ${closed}`;
  const { lastReceivedId } = await call.conversations.get({ id: open });
  await call.conversations.markRead({ id: open, upTo: lastReceivedId as number });
  const found = async (input: Parameters<typeof call.conversations.list>[0]) =>
    (await call.conversations.list(input)).rows.map(({ id }) => id).sort();
  expect(await found({ search: "maelle" })).toEqual([open]);
  expect(await found({ filter: "window_open" })).toEqual([open, stopped].sort());
  expect(await found({ filter: "opted_out" })).toEqual([stopped]);
  expect(await found({ filter: "unread" })).toEqual([closed, stopped].sort());
});

test("what is read is read up to what was seen, and may be put back", async () => {
  const { user, call } = await callerOf(db);
  const id = await makeContact(db, { createdBy: user.id });
  await says(id, "Un");
  const { lastReceivedId, contact } = await call.conversations.get({ id });
  expect(contact).toMatchObject({ unread: true, isMine: true });
  await says(id, "Deux");
  await call.conversations.markRead({ id, upTo: lastReceivedId as number });
  const [row] = (await call.conversations.list({})).rows;
  expect(row).toMatchObject({ id, unread: 1 });
  const newest = await call.conversations.get({ id });
  await call.conversations.markRead({ id, upTo: newest.lastReceivedId as number });
  expect((await call.conversations.get({ id })).contact.unread).toBe(false);
  // an older page that says so late takes nothing back
  await call.conversations.markRead({ id, upTo: lastReceivedId as number });
  expect((await call.conversations.get({ id })).contact.unread).toBe(false);
  await call.conversations.markUnread({ id });
  expect((await call.conversations.list({})).rows[0]).toMatchObject({ id, unread: 1 });
});

test("a super admin sees every conversation, and reading an admin's is not theirs to do", async () => {
  const { user, call } = await callerOf(db);
  const boss = await callerOf(db, "super_admin");
  const [id, nobodys] = [await makeContact(db, { createdBy: user.id }), await makeContact(db)];
  await says(id, "Bonjour");
  await says(nobodys, "Bonjour");
  expect((await boss.call.conversations.get({ id })).contact).toMatchObject({
    isMine: false,
    ownerEmail: user.email,
  });
  expect((await boss.call.conversations.get({ id: nobodys })).contact).toMatchObject({ isMine: true });
  expect((await call.conversations.list({})).rows.map((row) => row.id)).toEqual([id]);
});

test("a thread tells what was sent and received in its order: campaign, button with what it answers, place, media", async () => {
  const { user, call } = await callerOf(db);
  const env = makeSenderEnv();
  const { contactIds, senderId, campaignId } = await makeLaunched(db, 1, { createdBy: user.id }, env);
  const id = contactIds[0] as number;
  const sid = makeSid();
  const claim = await claimNext(db, senderId);
  await answer(db, { ...claim, senderId }, accepted(sid));
  await says(id, "Confirmer", { ButtonText: "Confirmer", OriginalRepliedMessageSid: sid, Forwarded: "true" });
  await says(id, "", { Latitude: "48.85", Longitude: "2.35", Label: "Café", Address: "1 rue de la Paix" });
  await says(id, "", {
    NumMedia: "1",
    MediaUrl0: "https://api.twilio.com/x",
    MediaContentType0: "image/png",
  });
  await says(id, "❤️", { MessageType: "reaction", OriginalRepliedMessageSid: sid });
  const { items, older } = await call.conversations.get({ id });
  expect(older).toBeNull();
  const [first, ...received] = items.filter(
    (item) => item.kind === "received" || item.id === claim.messageId,
  );
  expect(first).toMatchObject({
    kind: "sent",
    type: "message_1",
    status: "sent",
    template: true,
    campaign: { id: campaignId, deleted: false },
  });
  expect(first?.kind === "sent" && first.sentAt).toBeInstanceOf(Date);
  const quoted = first?.kind === "sent" ? first.text : "";
  expect(received).toMatchObject([
    { text: "Confirmer", button: "Confirmer", quoted, forwarded: true, type: "reply" },
    { text: "", location: { point: { latitude: 48.85, longitude: 2.35 }, label: "Café" } },
    { text: "", media: [{ index: 0, kind: "image", contentType: "image/png" }] },
    { text: "❤️", type: "reaction", quoted },
  ]);
  expect(JSON.stringify(items)).not.toContain("api.twilio.com");
});

test("a long thread comes page by page, the newest first, each page in the order of the times", async () => {
  const { user, call } = await callerOf(db);
  const id = await makeContact(db, { createdBy: user.id });
  await sql`insert into interactions (contact_id, interaction_type, content, received_at)
    select ${id}, 'reply', 'n° ' || n, now() at time zone 'UTC' - (100 - n) / 2 * interval '1 minute'
    from generate_series(1, 95) n`;
  const texts: string[][] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof call.conversations.get>> = await call.conversations.get({
      id,
      before,
    });
    texts.unshift(page.items.map((item) => (item.kind === "received" ? item.text : "")));
    before = page.older;
  } while (before);
  expect(texts.map(({ length }) => length)).toEqual([15, 40, 40]);
  expect(texts.flat()).toEqual(Array.from({ length: 95 }, (_, n) => `n° ${n + 1}`));
});

test("what was said under another admin before the contact came back is not the new one's to see", async () => {
  const [claire, hugo] = [await callerOf(db), await callerOf(db)];
  const number = "+33639970001";
  const { id } = await claire.call.contacts.create({ number, categoryIds: [] });
  await says(id, "Pour Claire");
  await claire.call.contacts.delete({ id });
  await hugo.call.contacts.create({ number, categoryIds: [] });
  expect((await hugo.call.conversations.list({})).rows).toEqual([]);
  expect((await hugo.call.conversations.get({ id })).items).toEqual([]);
  await says(id, "Pour Hugo");
  expect((await hugo.call.conversations.list({})).rows).toMatchObject([{ id, unread: 1 }]);
  expect((await hugo.call.conversations.get({ id })).items).toMatchObject([{ text: "Pour Hugo" }]);
  await expect(claire.call.conversations.get({ id })).rejects.toThrow("contact.not_found");
});

test("an answer of one's own contact to another's campaign is read like any other, the campaign is not named", async () => {
  const [claire, boss] = [await callerOf(db), await callerOf(db, "super_admin")];
  const env = makeSenderEnv();
  const { contactIds, senderId, campaignId } = await makeLaunched(db, 1, { createdBy: boss.user.id }, env);
  const id = contactIds[0] as number;
  await sql`update contacts set created_by = ${claire.user.id} where id = ${id}`;
  await answer(db, { ...(await claimNext(db, senderId)), senderId }, accepted(makeSid()));
  await says(id, "Oui");
  expect(await sql`select campaign_id from interactions where contact_id = ${id}`).toEqual([
    { campaign_id: campaignId },
  ]);
  expect((await claire.call.conversations.list({})).rows).toMatchObject([
    { id, unread: 1, preview: { text: "Oui" } },
  ]);
  const { items, lastReceivedId, contact } = await claire.call.conversations.get({ id });
  expect([items, contact.unread]).toMatchObject([[{ kind: "received", text: "Oui" }], true]);
  const answers = async ({ call }: typeof claire) =>
    (await call.contacts.history({ id, kind: "answer" })).items;
  expect(await answers(claire)).toMatchObject([{ content: "Oui", campaign: null }]);
  expect(await answers(boss)).toMatchObject([{ content: "Oui", campaign: { id: campaignId } }]);
  await claire.call.conversations.markRead({ id, upTo: lastReceivedId as number });
  expect((await claire.call.conversations.get({ id })).contact.unread).toBe(false);
  await claire.call.conversations.markUnread({ id });
  expect((await claire.call.conversations.counts()).unread).toBe(1);
});

test("what the user does not see is nothing to read", async () => {
  const [claire, hugo] = [await callerOf(db), await callerOf(db)];
  const number = "+33639970002";
  const { id } = await claire.call.contacts.create({ number, categoryIds: [] });
  await says(id, "Pour Claire");
  await claire.call.contacts.delete({ id });
  await hugo.call.contacts.create({ number, categoryIds: [] });
  // said before, found late
  await sql`insert into interactions (contact_id, interaction_type, content, received_at)
    select id, 'reply', 'Encore pour Claire', (last_inbound_at + interval '1 microsecond') at time zone 'UTC'
    from contacts where id = ${id}`;
  await sql`update contacts set last_inbound_at = last_inbound_at + interval '1 microsecond', conversed_at = now()
    where id = ${id}`;
  const unread = async () => [
    (await hugo.call.conversations.counts()).unread,
    (await hugo.call.conversations.list({ filter: "unread" })).rows.length,
    (await hugo.call.conversations.list({})).rows.map((row) => row.unread),
    (await hugo.call.conversations.get({ id })).contact.unread,
  ];
  expect(await unread()).toEqual([0, 0, [0], false]);
  await hugo.call.conversations.markUnread({ id });
  expect(await unread()).toEqual([0, 0, [0], false]);
  await says(id, "Pour Hugo");
  expect(await unread()).toEqual([1, 1, [1], true]);
});

test("where a file lies is told of one's own conversations alone", async () => {
  const [claire, hugo] = [await callerOf(db), await callerOf(db)];
  const id = await makeContact(db, { createdBy: claire.user.id });
  const other = await makeContact(db, { createdBy: hugo.user.id });
  await says(id, "", {
    NumMedia: "1",
    MediaUrl0: "https://api.twilio.com/x",
    MediaContentType0: "image/png",
  });
  const { lastReceivedId } = await claire.call.conversations.get({ id });
  const media = { contactId: id, id: lastReceivedId as number, index: 0 };
  expect(await claire.call.conversations.media(media)).toEqual({ url: "https://api.twilio.com/x" });
  await expect(hugo.call.conversations.media(media)).rejects.toThrow("contact.not_found");
  await expect(hugo.call.conversations.media({ ...media, contactId: other })).rejects.toThrow(
    "media.not_found",
  );
  await expect(claire.call.conversations.media({ ...media, index: 1 })).rejects.toThrow("media.not_found");
});
