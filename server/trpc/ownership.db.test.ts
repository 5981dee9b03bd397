import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeContext } from "#server/testing/caller.ts";
import { makeContacts, makeLaunched } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db, sql } = await testDatabase();
const [claire, other, boss] = [await callerOf(db), await callerOf(db), await callerOf(db, "super_admin")];
type Call = typeof claire.call;

const { campaignId, contactIds, messageIds } = await makeLaunched(db, 3, { createdBy: claire.user.id });
const ids = { campaignId, contactId: contactIds[0] ?? 0, messageId: messageIds[0] ?? 0, categoryId: 0 };
ids.categoryId = (await claire.call.categories.create({ name: "À Claire", color: "#22aa66" })).id;

const contact = { number: "+33611111111", categoryIds: [] };
const category = { name: "Volée", color: "#22aa66" };
const campaign = { name: "Volée", categoryIds: [ids.categoryId], variables: {} };

/** Everything that names a row, with the id of a row to name. */
const named: Record<string, { code: string; call: (call: Call, at: typeof ids) => Promise<unknown> }> = {
  "contacts.get": { code: "contact", call: (call, at) => call.contacts.get({ id: at.contactId }) },
  "contacts.update": {
    code: "contact",
    call: (call, at) => call.contacts.update({ id: at.contactId, ...contact }),
  },
  "contacts.delete": { code: "contact", call: (call, at) => call.contacts.delete({ id: at.contactId }) },
  "contacts.create in a category": {
    code: "category",
    call: (call, at) => call.contacts.create({ ...contact, categoryIds: [at.categoryId] }),
  },
  "categories.update": {
    code: "category",
    call: (call, at) => call.categories.update({ id: at.categoryId, ...category }),
  },
  "categories.delete": {
    code: "category",
    call: (call, at) => call.categories.delete({ id: at.categoryId }),
  },
  "campaigns.create for a category": {
    code: "category",
    call: (call, at) => call.campaigns.create({ ...campaign, categoryIds: [at.categoryId] }),
  },
  "campaigns.get": { code: "campaign", call: (call, at) => call.campaigns.get({ id: at.campaignId }) },
  "campaigns.messages": {
    code: "campaign",
    call: (call, at) => call.campaigns.messages({ id: at.campaignId }),
  },
  "campaigns.update": {
    code: "campaign",
    call: (call, at) => call.campaigns.update({ id: at.campaignId, ...campaign }),
  },
  "campaigns.delete": { code: "campaign", call: (call, at) => call.campaigns.delete({ id: at.campaignId }) },
  "campaigns.launch": { code: "campaign", call: (call, at) => call.campaigns.launch({ id: at.campaignId }) },
  "campaigns.pause": { code: "campaign", call: (call, at) => call.campaigns.pause({ id: at.campaignId }) },
  "campaigns.resume": { code: "campaign", call: (call, at) => call.campaigns.resume({ id: at.campaignId }) },
  "campaigns.cancel": { code: "campaign", call: (call, at) => call.campaigns.cancel({ id: at.campaignId }) },
  "campaigns.duplicate": {
    code: "campaign",
    call: (call, at) => call.campaigns.duplicate({ id: at.campaignId }),
  },
  "campaigns.archive": {
    code: "campaign",
    call: (call, at) => call.campaigns.archive({ id: at.campaignId, archived: false }),
  },
  "campaigns.retryFailed": {
    code: "campaign",
    call: (call, at) => call.campaigns.retryFailed({ id: at.campaignId, messageId: at.messageId }),
  },
  "messages.get": { code: "message", call: (call, at) => call.messages.get({ id: at.messageId }) },
};

const nowhere = { campaignId: 999_999, contactId: 999_999, messageId: 999_999, categoryId: 999_999 };
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    ({ code, message, cause }) => JSON.stringify({ code, message, meta: cause?.meta }),
  );

const snapshot = () => sql`select (select json_agg(c order by id) from contacts c) as contacts,
  (select json_agg(c order by id) from categories c) as categories,
  (select json_agg(c order by id) from campaigns c) as campaigns,
  (select json_agg(m order by id) from messages m) as messages, (select count(*) from audit_log) as audit`;

test.each(Object.entries(named))(
  "%s: another's row is not found, like one that does not exist",
  async (_, { code, call }) => {
    await sql`insert into templates (name, body, variables, source, is_default, content_sid)
    values ('t', 'Bonjour', '{}', 'default', true, 'HX1') on conflict do nothing`;
    const before = await snapshot();
    const refusal = await refusalOf(call(other.call, ids));
    expect(refusal).toContain(`${code}.not_found`);
    expect(refusal).toBe(await refusalOf(call(other.call, nowhere)));
    expect(await snapshot()).toEqual(before);
  },
);

test.each(Object.entries(named))("%s: nobody who is not signed in", async (_, { call }) => {
  const nobody = createCaller(makeContext(db, null));
  await expect(call(nobody, ids)).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "auth.required" });
});

test("lists hold one's own rows alone, a super admin's everybody's", async () => {
  await makeContacts(db, 2);
  const totals = async (call: Call) => [
    (await call.contacts.list({})).total,
    (await call.categories.list()).map(({ name }) => name).includes("À Claire"),
    (await call.campaigns.list({})).total,
  ];
  expect(await totals(claire.call)).toEqual([3, true, 1]);
  expect(await totals(other.call)).toEqual([0, false, 0]);
  expect(await totals(boss.call)).toEqual([5, true, 1]);
});

test("a filter by another's category finds nothing", async () => {
  expect((await other.call.contacts.list({ categoryId: ids.categoryId })).total).toBe(0);
});

test("a super admin opens and changes what an admin made", async () => {
  expect(await boss.call.campaigns.get({ id: ids.campaignId })).toMatchObject({
    ownerEmail: claire.user.email,
  });
  expect(await boss.call.messages.get({ id: ids.messageId })).toMatchObject({
    campaign: { id: ids.campaignId },
    attempts: [],
  });
  await boss.call.contacts.update({ id: ids.contactId, ...contact, firstName: "Zoé" });
  expect(await claire.call.contacts.get({ id: ids.contactId })).toMatchObject({ firstName: "Zoé" });
});

test("what changed is in the audit log with who and from where", async () => {
  await claire.call.campaigns.pause({ id: ids.campaignId });
  const [line] =
    await sql`select user_id, ip, action, subject_id, before from audit_log order by id desc limit 1`;
  expect(line).toEqual({
    user_id: claire.user.id,
    ip: "192.0.2.1",
    action: "campaign.paused",
    subject_id: String(ids.campaignId),
    before: { status: "sending" },
  });
});
