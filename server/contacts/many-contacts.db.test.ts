// What is done to many contacts at once: a selection, or all that a filter shows; never to somebody else's.
import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "#db/schema/audit.ts";
import { categoryContacts, contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();

async function scene() {
  const { user, call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Clients", color: "#22aa66" });
  const { id: otherId } = await call.categories.create({ name: "Anciens", color: "#3366cc" });
  const mine = await makeContacts(db, 3, { createdBy: user.id });
  const theirs = await makeContacts(db, 1);
  const members = async () => {
    const links = await db.select().from(categoryContacts).where(eq(categoryContacts.categoryId, categoryId));
    return links.map(({ contactId }) => contactId).toSorted();
  };
  return { user, call, categoryId, otherId, mine, theirs, members };
}

test("a selection is put into a category and taken out again, each change in the history and one line in the audit", async () => {
  const { user, call, categoryId, otherId, mine, theirs, members } = await scene();
  const [first = 0, second = 0] = mine;
  await call.contacts.categorise({ choice: { ids: [first] }, categoryId: otherId });
  const choice = { ids: [first, second, ...theirs] };
  expect(await call.contacts.categorise({ choice, categoryId })).toEqual({ count: 2, category: "Clients" });
  expect(await call.contacts.categorise({ choice, categoryId })).toMatchObject({ count: 0 });
  expect(await members()).toEqual([first, second]);
  expect((await call.contacts.history({ id: first })).items[0]).toMatchObject({
    kind: "change",
    userEmail: user.email,
    before: { categories: ["Anciens"] },
    after: { categories: ["Anciens", "Clients"] },
  });
  expect(await call.contacts.uncategorise({ choice, categoryId })).toMatchObject({ count: 2 });
  expect(await members()).toEqual([]);
  expect((await call.contacts.history({ id: first })).items[0]).toMatchObject({
    before: { categories: ["Anciens", "Clients"] },
    after: { categories: ["Anciens"] },
  });
  const lines = await db.select().from(auditLog).where(eq(auditLog.userId, user.id));
  expect(lines.map(({ action }) => action).slice(-2)).toEqual([
    "contacts.categorised",
    "contacts.uncategorised",
  ]);
});

test("all that a filter shows, and nobody else's, even without any filter", async () => {
  const { call, categoryId, mine, theirs, members } = await scene();
  const [first] = mine;
  await db
    .update(contacts)
    .set({ firstName: "Zéphyrine" })
    .where(inArray(contacts.id, [first as number, ...theirs]));
  const choice = { filter: { search: "zephyrine" } };
  expect(await call.contacts.categorise({ choice, categoryId })).toMatchObject({ count: 1 });
  expect(await members()).toEqual([first]);
  expect(await call.contacts.deleteMany({ choice: { filter: {} } })).toEqual({ count: 3 });
  expect(await db.select().from(contacts).where(inArray(contacts.id, mine))).toEqual([]);
  expect(await db.select().from(contacts).where(inArray(contacts.id, theirs))).toHaveLength(1);
});

test("another's category is not found, and nothing happens", async () => {
  const { call, mine } = await scene();
  const { categoryId, members } = await scene();
  await expect(call.contacts.categorise({ choice: { ids: mine }, categoryId })).rejects.toMatchObject({
    message: "category.not_found",
  });
  expect(await members()).toEqual([]);
});

test("those with messages are only marked and leave their categories, the others are gone", async () => {
  const { user, call, categoryId, mine, members } = await scene();
  const { contactIds } = await makeLaunched(db, 1, { createdBy: user.id });
  const all = [...mine, ...contactIds];
  await call.contacts.categorise({ choice: { ids: all }, categoryId });
  expect(await call.contacts.deleteMany({ choice: { ids: all } })).toEqual({ count: 4 });
  const left = await db.select().from(contacts).where(inArray(contacts.id, all));
  expect(left).toMatchObject([{ id: contactIds[0], deletedAt: expect.any(Date) }]);
  expect(await db.select().from(messages).where(inArray(messages.contactId, contactIds))).toHaveLength(1);
  expect(await members()).toEqual([]);
});

test("the history of a contact holds messages, answers and changes, the latest first, page after page", async () => {
  const { user, call } = await callerOf(db);
  const { contactIds } = await makeLaunched(db, 1, { createdBy: user.id, name: "Rentrée" });
  const id = contactIds[0] as number;
  await db.insert(messages).values(
    Array.from({ length: 40 }, (_, n) => ({
      contactId: id,
      createdBy: user.id,
      messageType: "reply" as const,
      content: `Réponse ${n}`,
      sentAt: new Date(Date.UTC(2030, 0, 1, 0, n)),
    })),
  );
  const first = await call.contacts.history({ id });
  expect(first.items).toHaveLength(30);
  expect(first.items[0]).toMatchObject({
    kind: "message",
    content: "Réponse 39",
    at: new Date(Date.UTC(2030, 0, 1, 0, 39)),
  });
  const second = await call.contacts.history({ id, before: first.next });
  expect(
    second.items.map((item) => (item.kind === "message" ? item.content : item.kind)).slice(0, 10),
  ).toEqual(Array.from({ length: 10 }, (_, n) => `Réponse ${9 - n}`));
  expect(second.items.at(-1)).toMatchObject({ campaign: { name: "Rentrée", deleted: false } });
  expect(second.next).toBeNull();
  expect((await call.contacts.history({ id, kind: "answer" })).items).toEqual([]);
  const stranger = await callerOf(db);
  await expect(stranger.call.contacts.history({ id })).rejects.toMatchObject({
    message: "contact.not_found",
  });
});
