// What the previous system left to nobody: the super admin sees it and gives it to somebody.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeContact, makeUser } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();
const superAdmin = await callerOf(db, "super_admin");
const admin = await callerOf(db);

async function makeOwnerless() {
  const contactId = await makeContact(db, { createdBy: null });
  const campaignId = await makeCampaign(db, [contactId], { createdBy: null });
  const [category] = await sql<{ id: number }[]>`
    insert into categories (name) values (${`À personne ${contactId}`}) returning id`;
  return { contactId, campaignId, categoryId: category?.id as number };
}

test("a super admin sees what is nobody's and gives it to an admin, who sees it from then on", async () => {
  const { contactId, campaignId, categoryId } = await makeOwnerless();
  expect(await superAdmin.call.contacts.get({ id: contactId })).toMatchObject({ ownerEmail: null });
  await expect(admin.call.contacts.get({ id: contactId })).rejects.toThrow("contact.not_found");
  await expect(admin.call.campaigns.get({ id: campaignId })).rejects.toThrow("campaign.not_found");
  const ownerId = admin.user.id;
  await superAdmin.call.users.assignOwner({ subject: "contact", id: contactId, ownerId });
  await superAdmin.call.users.assignOwner({ subject: "campaign", id: campaignId, ownerId });
  await superAdmin.call.users.assignOwner({ subject: "category", id: categoryId, ownerId });
  expect(await admin.call.contacts.get({ id: contactId })).toMatchObject({ ownerEmail: admin.user.email });
  expect(await admin.call.campaigns.get({ id: campaignId })).toMatchObject({ ownerEmail: admin.user.email });
  expect((await admin.call.categories.list()).map(({ id }) => id)).toContain(categoryId);
  const [line] = await sql`select user_id, before, after from audit_log where action = 'contact.assigned'`;
  expect(line).toEqual({ user_id: superAdmin.user.id, before: { ownerId: null }, after: { ownerId } });
  const [counts] = await sql`select contacts from contact_counts where owner_id = ${ownerId}`;
  expect(counts?.contacts).toBe(1);
});

test("all that is nobody's is given to one admin at once", async () => {
  await makeOwnerless();
  await makeOwnerless();
  const before = await superAdmin.call.users.ownerless();
  expect(before.contacts).toBeGreaterThanOrEqual(2);
  const ownerId = await makeUser(db);
  expect(await superAdmin.call.users.assignOwnerless({ ownerId })).toEqual(before);
  expect(await superAdmin.call.users.ownerless()).toEqual({ contacts: 0, campaigns: 0, categories: 0 });
  const [counts] = await sql`select contacts from contact_counts where owner_id = ${ownerId}`;
  expect(counts?.contacts).toBe(before.contacts);
});

test("an admin assigns nothing; nobody is given to a closed account, and nothing that is not there is given", async () => {
  const { contactId } = await makeOwnerless();
  const assign = { subject: "contact", id: contactId, ownerId: admin.user.id } as const;
  await expect(admin.call.users.assignOwner(assign)).rejects.toThrow("auth.forbidden");
  await expect(admin.call.users.assignOwnerless({ ownerId: admin.user.id })).rejects.toThrow(
    "auth.forbidden",
  );
  const closed = await makeUser(db, { isActive: false });
  const call = superAdmin.call.users;
  await expect(call.assignOwner({ ...assign, ownerId: closed })).rejects.toThrow("user.not_found");
  await expect(call.assignOwnerless({ ownerId: closed })).rejects.toThrow("user.not_found");
  for (const subject of ["contact", "campaign", "category"] as const) {
    await expect(call.assignOwner({ ...assign, subject, id: 999_999 })).rejects.toThrow(
      `${subject}.not_found`,
    );
  }
  const [contact] = await sql`select created_by from contacts where id = ${contactId}`;
  expect(contact?.created_by).toBeNull();
});
