import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { deleteContact } from "#server/contacts/delete-contact.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const green = "#22aa66";

test("a category counts its contacts, not the deleted ones, and keeps none of them when it goes", async () => {
  const { user, call } = await callerOf(db);
  const { id } = await call.categories.create({ name: "Clients", color: green });
  await call.contacts.create({ number: "+33611000001", categoryIds: [id] });
  const { id: second } = await call.contacts.create({ number: "+33611000002", categoryIds: [id] });
  const { contactIds } = await makeLaunched(db, 1, { createdBy: user.id });
  await call.contacts.categorise({ choice: { ids: contactIds }, categoryId: id });
  const named = async (name: string) => (await call.categories.list()).find((row) => row.name === name);
  expect(await named("Clients")).toEqual({
    ...{ id, name: "Clients", color: green },
    contacts: { count: 3, isMore: false },
  });
  await deleteContact(db, { user, id: second });
  // it has a message: only marked
  await deleteContact(db, { user, id: contactIds[0] as number });
  expect(await named("Clients")).toMatchObject({ contacts: { count: 1 } });
  await call.categories.delete({ id });
  expect(await named("Clients")).toBeUndefined();
  expect((await call.contacts.list({})).rows).toMatchObject([{ fullNumber: "+33611000001", categories: [] }]);
});

test("contacts are counted up to a thousand", async () => {
  const { user, call } = await callerOf(db);
  const { id } = await call.categories.create({ name: "Foule", color: green });
  const counted = async () => (await call.categories.list())[0]?.contacts;
  const choice = { ids: await makeContacts(db, 1000, { createdBy: user.id }) };
  await call.contacts.categorise({ choice, categoryId: id });
  expect(await counted()).toEqual({ count: 1000, isMore: false });
  await call.contacts.create({ number: "+33611000003", categoryIds: [id] });
  expect(await counted()).toEqual({ count: 1000, isMore: true });
});

test("two categories of one admin cannot bear the same name, those of two admins can", async () => {
  const [one, other] = [await callerOf(db), await callerOf(db)];
  const { id } = await one.call.categories.create({ name: "Équipe", color: green });
  await expect(one.call.categories.create({ name: "équipe ", color: green })).rejects.toMatchObject({
    message: "category.name_taken",
  });
  const { id: second } = await one.call.categories.create({ name: "Presse", color: green });
  await expect(
    one.call.categories.update({ id: second, name: "Équipe", color: green }),
  ).rejects.toMatchObject({
    message: "category.name_taken",
  });
  await one.call.categories.update({ id, name: "ÉQUIPE", color: "#000000" });
  await other.call.categories.create({ name: "Équipe", color: green });
});

test("the same name created twice at once exists once", async () => {
  const { call } = await callerOf(db);
  const create = () => call.categories.create({ name: "Salon", color: green });
  const created = await Promise.allSettled([create(), create(), create()]);
  expect(created.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
