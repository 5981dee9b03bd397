import { sql as query } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { contactHistory } from "#server/contacts/contact-history.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { deleteContact } from "#server/contacts/delete-contact.ts";
import { requireContact } from "#server/contacts/queries.ts";
import { updateContact } from "#server/contacts/update-contact.ts";
import { callerOf, makeSignedIn } from "#server/testing/caller.ts";
import { makeContacts, makeLaunched } from "#server/testing/factories.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const { db, sql } = await testDatabase();
let count = 0;
const aNumber = () => {
  count += 1;
  return `06 12 00 ${String(Math.floor(count / 100)).padStart(2, "0")} ${String(count % 100).padStart(2, "0")}`;
};

const input = (
  number: string,
  names: { firstName?: string; lastName?: string; categoryIds?: number[] } = {},
) => ({
  number,
  country: "FR",
  firstName: names.firstName ?? null,
  lastName: names.lastName ?? null,
  categoryIds: names.categoryIds ?? [],
});
const add = (user: SignedInUser, number: string, names = {}) =>
  createContact(db, { user, ...input(number, names) });

/** A contact of a campaign already under way, so that it cannot go for good. */
async function contacted(user: SignedInUser) {
  const { contactIds, campaignId } = await makeLaunched(db, 1, { createdBy: user.id });
  return { id: contactIds[0] as number, campaignId };
}

test("a number chosen with its country is stored E.164 with its parts", async () => {
  const user = await makeSignedIn(db);
  const { id } = await add(user, "06 12 34 56 78", { firstName: "Léa" });
  const [row] =
    await sql`select full_number, country_code, phone_number, created_by from contacts where id = ${id}`;
  expect(row).toEqual({
    full_number: "+33612345678",
    country_code: "+33",
    phone_number: "612345678",
    created_by: user.id,
  });
});

test("a number one already has is refused, naming the contact", async () => {
  const user = await makeSignedIn(db);
  const number = aNumber();
  const { id } = await add(user, number);
  await expect(add(user, number)).rejects.toMatchObject({
    code: "contact.already_exists",
    meta: { contactId: id },
  });
});

test("another admin's number is refused without a word about the contact", async () => {
  const [claire, other] = [await makeSignedIn(db), await makeSignedIn(db)];
  const boss = await makeSignedIn(db, "super_admin");
  const number = aNumber();
  const { id } = await add(claire, number);
  await expect(add(other, number)).rejects.toMatchObject({ code: "contact.managed_by_other", meta: {} });
  await expect(add(boss, number)).rejects.toMatchObject({
    code: "contact.already_exists",
    meta: { contactId: id },
  });
});

test("two admins adding the same number at once: one gets it, the other is told", async () => {
  const users = [await makeSignedIn(db), await makeSignedIn(db)];
  for (let round = 0; round < 10; round++) {
    const number = aNumber();
    const added = await Promise.allSettled(users.map((user) => add(user, number)));
    const refused = added.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(["contact.managed_by_other"]);
  }
});

test("the same admin pressing twice adds one contact", async () => {
  const user = await makeSignedIn(db);
  const number = aNumber();
  const added = await Promise.allSettled([add(user, number), add(user, number)]);
  const refused = added.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  expect(refused).toEqual(["contact.already_exists"]);
});

test("a contact without messages is deleted for good, its category links too", async () => {
  const { user, call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Clients", color: "#22aa66" });
  const { id } = await add(user, aNumber(), { categoryIds: [categoryId] });
  await deleteContact(db, { user, id });
  expect(await sql`select from contacts where id = ${id}`).toHaveLength(0);
  expect(await sql`select from category_contacts where category_id = ${categoryId}`).toHaveLength(0);
});

test("a contact with messages is only marked, leaves its categories, and its messages stay", async () => {
  const user = await makeSignedIn(db);
  const { id } = await contacted(user);
  await deleteContact(db, { user, id });
  const [row] = await sql`select deleted_at is not null as deleted from contacts where id = ${id}`;
  expect(row).toEqual({ deleted: true });
  expect(await sql`select from category_contacts where contact_id = ${id}`).toHaveLength(0);
  expect(await sql`select from messages where contact_id = ${id}`).toHaveLength(1);
  await expect(requireContact(db, { user, id })).rejects.toMatchObject({ code: "contact.not_found" });
  await expect(deleteContact(db, { user, id })).rejects.toMatchObject({ code: "contact.not_found" });
});

test("a message written while its contact is being deleted is not erased with it", async () => {
  const user = await makeSignedIn(db);
  const { id } = await add(user, aNumber());
  let deletion: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.execute(
      query`insert into messages (contact_id, message_type, content) values (${id}, 'test', 'Bonjour')`,
    );
    deletion = deleteContact(db, { user, id });
    // the deletion stands at the lock of the contact before this transaction ends
    for (let waiting = 0; waiting === 0; ) {
      const [row] = await sql`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      waiting = row?.n as number;
    }
  });
  await deletion;
  expect(await sql`select from messages where contact_id = ${id}`).toHaveLength(1);
  expect(await sql`select from contacts where id = ${id} and deleted_at is not null`).toHaveLength(1);
});

test("adding a deleted number brings it back for the adder, with the new names and the old opt-out", async () => {
  const [claire, other] = [await makeSignedIn(db), await makeSignedIn(db)];
  const { id } = await contacted(claire);
  await sql`update contacts set opted_out_at = now() where id = ${id}`;
  const [{ full_number: number } = { full_number: "" }] = await sql<{ full_number: string }[]>`
    select full_number from contacts where id = ${id}`;
  await deleteContact(db, { user: claire, id });
  expect(await add(other, number, { firstName: "Noé" })).toMatchObject({ id, revived: true });
  const contact = await requireContact(db, { user: other, id });
  expect(contact).toMatchObject({ fullNumber: number, firstName: "Noé", lastName: null, messageCount: 0 });
  expect(contact.optedOutAt).toBeInstanceOf(Date);
  // neither what Claire's campaign sent nor what she wrote
  expect((await contactHistory(db, { user: other, id })).items).toMatchObject([
    { kind: "change", action: "revived" },
  ]);
  await expect(requireContact(db, { user: claire, id })).rejects.toMatchObject({ code: "contact.not_found" });
});

test("an opt-out outlives the deletion of a contact without a message, whoever adds the number again", async () => {
  const [claire, other] = [await callerOf(db), await makeSignedIn(db)];
  const [number, alsoDeleted] = [aNumber(), aNumber()];
  const { id } = await add(claire.user, number);
  const { id: second } = await add(claire.user, alsoDeleted);
  await claire.call.contacts.optOut({ id, reason: "Appel" });
  await claire.call.contacts.optOut({ id: second, reason: "Appel" });
  await claire.call.contacts.delete({ id });
  await claire.call.contacts.deleteMany({ choice: { ids: [second] } });
  for (const [gone, its] of [
    [id, number],
    [second, alsoDeleted],
  ] as const) {
    expect(await add(other, its)).toMatchObject({ id: gone, revived: true });
    await updateContact(db, { user: other, id: gone, ...input(its, { firstName: "Noé" }) });
    expect((await requireContact(db, { user: other, id: gone })).optedOutAt).toBeInstanceOf(Date);
  }
});

test("who revived a contact sees the messages they sent to it themselves, a super admin all of them", async () => {
  const [claire, other, boss] = [await callerOf(db), await callerOf(db), await callerOf(db, "super_admin")];
  const { id } = await contacted(claire.user);
  const { fullNumber } = await claire.call.contacts.get({ id });
  await deleteContact(db, { user: claire.user, id });
  await add(other.user, fullNumber);
  await sql`insert into messages (contact_id, message_type, content, created_by)
    values (${id}, 'test', 'Bonjour', ${other.user.id}), (${id}, 'test', 'Encore', ${other.user.id})`;
  expect((await other.call.contacts.get({ id })).messageCount).toBe(2);
  expect((await boss.call.contacts.get({ id })).messageCount).toBe(3);
});

test("a super admin's category of an admin's contact is the super admin's to see", async () => {
  const [claire, boss] = [await callerOf(db), await callerOf(db, "super_admin")];
  const { id: categoryId } = await boss.call.categories.create({ name: "Direction", color: "#3366cc" });
  const { id: ownId } = await claire.call.categories.create({ name: "Clients", color: "#22aa66" });
  const number = aNumber();
  const { id } = await add(claire.user, number);
  await boss.call.contacts.update({ id, ...input(number, { categoryIds: [categoryId, ownId] }) });
  await boss.call.contacts.uncategorise({ choice: { ids: [id] }, categoryId });
  await boss.call.contacts.categorise({ choice: { ids: [id] }, categoryId });
  const names = async ({ call }: typeof claire) => ({
    page: (await call.contacts.get({ id })).categories.map(({ name }) => name),
    list: (await call.contacts.list({ search: number })).rows.map((row) =>
      row.categories.map(({ name }) => name),
    ),
    file: (await call.exports.contacts({ search: number })).rows.map((row) =>
      row.categories.map(({ name }) => name),
    ),
  });
  expect(await names(claire)).toEqual({ page: ["Clients"], list: [["Clients"]], file: [["Clients"]] });
  expect(await names(boss)).toMatchObject({ page: ["Clients", "Direction"] });
  expect((await claire.call.contacts.list({ categoryId })).total).toBe(0);
  expect((await claire.call.contacts.history({ id })).items).toMatchObject([
    { action: "updated", before: { categories: [] }, after: { categories: ["Clients"] } },
    { action: "created" },
  ]);
  await claire.call.contacts.update({ id, ...input(number, { firstName: "Léa", categoryIds: [] }) });
  expect((await claire.call.contacts.history({ id })).items[0]).toMatchObject({
    before: { categories: ["Clients"] },
    after: { categories: [] },
  });
});

test("the history of a contact says who changed what", async () => {
  const { user, call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Prospects", color: "#3366cc" });
  const number = aNumber();
  const { id } = await add(user, number, { firstName: "Lea" });
  await updateContact(db, { user, id, ...input(number, { firstName: "Léa", categoryIds: [categoryId] }) });
  await updateContact(db, { user, id, ...input(number, { firstName: "Léa", categoryIds: [categoryId] }) });
  const { items: changes } = await contactHistory(db, { user, id });
  expect(changes).toMatchObject([
    {
      action: "updated",
      userEmail: user.email,
      before: { firstName: "Lea", categories: [] },
      after: { firstName: "Léa", categories: ["Prospects"] },
    },
    { action: "created", userEmail: user.email, before: null, after: { firstName: "Lea", categories: [] } },
  ]);
  const [last] = changes;
  expect(last?.kind === "change" && Object.keys(last.after ?? {}).toSorted()).toEqual([
    "categories",
    "firstName",
  ]);
});

test("a new number forgets the membership of the old one", async () => {
  const user = await makeSignedIn(db);
  const { id } = await add(user, aNumber());
  await sql`update contacts set sandbox_joined_at = now(), last_inbound_at = now(), opted_out_at = now() where id = ${id}`;
  await updateContact(db, { user, id, ...input("+221 77 123 45 67") });
  expect(await requireContact(db, { user, id })).toMatchObject({
    fullNumber: "+221771234567",
    countryCode: "+221",
    sandboxJoinedAt: null,
    lastInboundAt: null,
    optedOutAt: expect.any(Date),
  });
});

test("a number taken by another contact is refused when a contact is edited", async () => {
  const [claire, other] = [await makeSignedIn(db), await makeSignedIn(db)];
  const [mine, alsoMine, theirs] = [aNumber(), aNumber(), aNumber()];
  const { id } = await add(claire, mine);
  const { id: second } = await add(claire, alsoMine);
  await add(other, theirs);
  const change = (number: string) => updateContact(db, { user: claire, id, ...input(number) });
  await expect(change(alsoMine)).rejects.toMatchObject({
    code: "contact.already_exists",
    meta: { contactId: second },
  });
  await expect(change(theirs)).rejects.toMatchObject({ code: "contact.managed_by_other" });
  await expect(change("06 12")).rejects.toMatchObject({ code: "contact.invalid_number" });
  const { id: gone } = await contacted(claire);
  const { fullNumber } = await requireContact(db, { user: claire, id: gone });
  await deleteContact(db, { user: claire, id: gone });
  await expect(change(fullNumber)).rejects.toMatchObject({ code: "contact.number_of_deleted" });
});

test("a taken number is refused as such whatever the database calls the constraint", async () => {
  const user = await makeSignedIn(db);
  const [first, second] = [aNumber(), aNumber()];
  await add(user, first);
  const { id } = await add(user, second);
  await sql`alter table contacts rename constraint contacts_full_number_unique to contacts_full_number_key`;
  await expect(updateContact(db, { user, id, ...input(first) })).rejects.toMatchObject({
    code: "contact.already_exists",
  });
  await sql`alter table contacts rename constraint contacts_full_number_key to contacts_full_number_unique`;
});

test("a contact whose old number nobody can read keeps it while its name changes", async () => {
  const user = await makeSignedIn(db);
  const [id = 0] = await makeContacts(db, 1, {
    fullNumber: "33 6 12",
    flag: "invalid_number",
    createdBy: user.id,
  });
  await updateContact(db, { user, id, ...input("33 6 12", { firstName: "Ana" }) });
  expect(await requireContact(db, { user, id })).toMatchObject({ fullNumber: "33 6 12", firstName: "Ana" });
});
