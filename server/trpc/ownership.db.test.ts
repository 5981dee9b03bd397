import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeContext } from "#server/testing/caller.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";

const { db, sql } = await testDatabase();
const [claire, other, boss] = [await callerOf(db), await callerOf(db), await callerOf(db, "super_admin")];
type Call = typeof claire.call;

const mark = "À Claire";
const { campaignId, contactIds, messageIds } = await makeLaunched(db, 3, {
  createdBy: claire.user.id,
  name: `Campagne ${mark}`,
});
const columns = { number: 0, firstName: 1 };
const ids = {
  campaignId,
  contactId: contactIds[0] ?? 0,
  messageId: messageIds[0] ?? 0,
  categoryId: (await claire.call.categories.create({ name: mark, color: "#22aa66" })).id,
  importId: (
    await claire.call.imports.create({
      fileName: `${mark}.csv`,
      bytes: Buffer.from(`tel;prénom\n0611111112;${mark}`),
    })
  ).id,
};
await sql`update contacts set first_name = ${mark}, conversed_at = now(), last_inbound_at = now(),
  sandbox_joined_at = now() - interval '71 hours' where id = ${ids.contactId}`;
await sql`insert into interactions (contact_id, interaction_type, content) values (${ids.contactId}, 'reply', ${mark})`;
const [template] = await sql`insert into templates (name, body, variables, source, content_sid)
  values ('volé', 'Bonjour', '{}', 'content', 'HX9') returning id`;
const templateId = Number(template?.id);
await sql`insert into category_contacts (category_id, contact_id) values (${ids.categoryId}, ${ids.contactId})`;
await sql`update messages set content = ${mark}, status = 'failed', reason = ${mark} where id = ${ids.messageId}`;

const contact = { number: "+33611111111", categoryIds: [] };
const category = { name: "Volée", color: "#22aa66" };
const campaign = { name: "Volée", categoryIds: [ids.categoryId], variables: {} };
const tomorrow = { date: "2090-01-01", time: "10:00" };

type At = typeof ids;
type Named = (call: Call, at: At) => Promise<unknown>;

/** Everything that names a row, with the id of a row to name; under what the refusal calls it. */
const named: Record<string, Record<string, Named>> = {
  contact: {
    "contacts.get": (call, at) => call.contacts.get({ id: at.contactId }),
    "contacts.history": (call, at) => call.contacts.history({ id: at.contactId }),
    "contacts.update": (call, at) => call.contacts.update({ id: at.contactId, ...contact }),
    "contacts.delete": (call, at) => call.contacts.delete({ id: at.contactId }),
    "contacts.optOut": (call, at) => call.contacts.optOut({ id: at.contactId, reason: "Volé" }),
    "contacts.liftOptOut": (call, at) => call.contacts.liftOptOut({ id: at.contactId, reason: "Volé" }),
    "conversations.get": (call, at) => call.conversations.get({ id: at.contactId }),
    "conversations.reply": (call, at) =>
      call.conversations.reply({ id: at.contactId, key: "cle-volee", text: "Volé" }),
    "conversations.replyByTemplate": (call, at) =>
      call.conversations.replyByTemplate({ id: at.contactId, key: "cle-volee", templateId, values: {} }),
    "conversations.markRead": (call, at) => call.conversations.markRead({ id: at.contactId, upTo: 1 }),
    "conversations.markUnread": (call, at) => call.conversations.markUnread({ id: at.contactId }),
    "conversations.media": (call, at) =>
      call.conversations.media({ contactId: at.contactId, id: 1, index: 0 }),
  },
  category: {
    "contacts.create": (call, at) => call.contacts.create({ ...contact, categoryIds: [at.categoryId] }),
    "contacts.categorise": (call, at) =>
      call.contacts.categorise({ choice: { ids: [at.contactId] }, categoryId: at.categoryId }),
    "contacts.uncategorise": (call, at) =>
      call.contacts.uncategorise({ choice: { ids: [at.contactId] }, categoryId: at.categoryId }),
    "categories.update": (call, at) => call.categories.update({ id: at.categoryId, ...category }),
    "categories.delete": (call, at) => call.categories.delete({ id: at.categoryId }),
    "campaigns.create": (call, at) => call.campaigns.create({ ...campaign, categoryIds: [at.categoryId] }),
  },
  campaign: {
    "campaigns.get": (call, at) => call.campaigns.get({ id: at.campaignId }),
    "campaigns.messages": (call, at) => call.campaigns.messages({ id: at.campaignId }),
    "campaigns.update": (call, at) => call.campaigns.update({ id: at.campaignId, ...campaign }),
    "campaigns.delete": (call, at) => call.campaigns.delete({ id: at.campaignId }),
    "campaigns.preflight": (call, at) => call.campaigns.preflight({ id: at.campaignId }),
    "campaigns.schedule": (call, at) => call.campaigns.schedule({ id: at.campaignId, ...tomorrow }),
    "campaigns.unschedule": (call, at) => call.campaigns.unschedule({ id: at.campaignId }),
    "campaigns.sendTest": (call, at) =>
      call.campaigns.sendTest({ id: at.campaignId, number: "+33611111111" }),
    "campaigns.launch": (call, at) => call.campaigns.launch({ id: at.campaignId }),
    "campaigns.pause": (call, at) => call.campaigns.pause({ id: at.campaignId }),
    "campaigns.resume": (call, at) => call.campaigns.resume({ id: at.campaignId }),
    "campaigns.cancel": (call, at) => call.campaigns.cancel({ id: at.campaignId }),
    "campaigns.duplicate": (call, at) => call.campaigns.duplicate({ id: at.campaignId }),
    "campaigns.archive": (call, at) => call.campaigns.archive({ id: at.campaignId, archived: false }),
    "campaigns.retryFailed": (call, at) =>
      call.campaigns.retryFailed({ id: at.campaignId, messageId: at.messageId }),
    "exports.campaign": (call, at) => call.exports.campaign({ id: at.campaignId }),
    "proof.campaign": (call, at) => call.proof.campaign({ id: at.campaignId }),
    "proof.undecided": (call, at) => call.proof.undecided({ id: at.campaignId }),
  },
  message: {
    "messages.get": (call, at) => call.messages.get({ id: at.messageId }),
    "conversations.cancelReply": (call, at) => call.conversations.cancelReply({ id: at.messageId }),
    "conversations.resend": (call, at) => call.conversations.resend({ id: at.messageId }),
    "proof.message": (call, at) => call.proof.message({ id: at.messageId }),
    "proof.journal": (call, at) => call.proof.journal({ id: at.messageId }),
    "proof.candidates": (call, at) => call.proof.candidates({ id: at.messageId }),
    "proof.decide": (call, at) => call.proof.decide({ id: at.messageId, sid: null }),
  },
  import: {
    "imports.get": (call, at) => call.imports.get({ id: at.importId }),
    "imports.rows": (call, at) => call.imports.rows({ id: at.importId }),
    "imports.refused": (call, at) => call.imports.refused({ id: at.importId }),
    "imports.configure": (call, at) =>
      call.imports.configure({ id: at.importId, hasHeader: true, country: "FR", columns, categoryIds: [] }),
    "imports.editRow": (call, at) => call.imports.editRow({ id: at.importId, line: 2, values: {} }),
    "imports.start": (call, at) => call.imports.start({ id: at.importId }),
    "imports.retry": (call, at) => call.imports.retry({ id: at.importId }),
    "imports.undo": (call, at) => call.imports.undo({ id: at.importId }),
  },
};
const namings = Object.entries(named).flatMap(([code, calls]) =>
  Object.entries(calls).map(([name, call]) => ({ name, code, call })),
);

/** Everything that answers with several rows, so asked that Claire's are among hers. */
const listing: Record<string, (call: Call) => Promise<unknown>> = {
  "contacts.list": (call) => call.contacts.list({ categoryId: null }),
  "categories.list": (call) => call.categories.list(),
  "campaigns.list": (call) => call.campaigns.list({}),
  "campaigns.audience": (call) => call.campaigns.audience({ categoryIds: [ids.categoryId] }),
  "messages.list": (call) => call.messages.list({ campaignId }),
  "messages.choices": (call) => call.messages.choices({ campaignId }),
  "messages.campaigns": (call) => call.messages.campaigns({ search: mark }),
  "exports.contacts": (call) => call.exports.contacts({}),
  "exports.messages": (call) => call.exports.messages({ campaignId }),
  "imports.list": (call) => call.imports.list(),
  "conversations.list": (call) => call.conversations.list({}),
  "search.everything": (call) => call.search.everything({ text: mark }),
  "stats.overview": (call) => call.stats.overview({}),
};

const superAdminsAlone: Record<string, (call: Call) => Promise<unknown>> = {
  "users.list": (call) => call.users.list(),
  "users.create": (call) => call.users.create({ email: "volee@relance.test", role: "super_admin" }),
  "users.resetPassword": (call) => call.users.resetPassword({ id: boss.user.id }),
  "users.setActive": (call) => call.users.setActive({ id: boss.user.id, isActive: false }),
  "users.changeRole": (call) => call.users.changeRole({ id: claire.user.id, role: "super_admin" }),
  "users.ownerless": (call) => call.users.ownerless(),
  "users.assignOwnerless": (call) => call.users.assignOwnerless({ ownerId: claire.user.id }),
  "users.assignOwner": (call) =>
    call.users.assignOwner({ subject: "contact", id: ids.contactId, ownerId: claire.user.id }),
  "strangers.list": (call) => call.strangers.list({}),
  "strangers.get": (call) => call.strangers.get({ id: 1 }),
  "strangers.media": (call) => call.strangers.media({ strangerId: 1, id: 1, index: 0 }),
  "strangers.makeContact": (call) =>
    call.strangers.makeContact({ id: 1, number: null, country: "FR", firstName: null, lastName: null }),
  "webhooks.list": (call) => call.webhooks.list({}),
  "webhooks.get": (call) => call.webhooks.get({ id: 1 }),
  "webhooks.replay": (call) => call.webhooks.replay({ id: 1 }),
  "webhooks.sendTest": (call) => call.webhooks.sendTest(),
};

/** Every other procedure, with why it can tell or change nothing of somebody else's. */
const exempt: Record<string, string> = {
  "auth.signIn": "whose it is, is what it finds out",
  "auth.signOut": "ends the session of its own cookie",
  "auth.me": "tells the session's own user",
  "account.changePassword": "of the session's own user",
  "account.sessions": "of the session's own user (server/users/users.db.test.ts)",
  "account.endSession": "of the session's own user (server/users/users.db.test.ts)",
  "account.endOtherSessions": "of the session's own user (server/users/users.db.test.ts)",
  "categories.create": "makes a row of one's own and names none",
  "imports.create": "makes a row of one's own and names none",
  "contacts.deleteMany": "passes over what is somebody else's: a test of its own below",
  "live.changes": "a stream (server/http/streams.db.test.ts)",
  "doctor.checks": "of the installation, which all share",
  "sandbox.console": "of the installation, which all share",
  "sandbox.membership": "counts: a test of its own below",
  "sandbox.reminders": "counts: a test of its own below",
  "sandbox.comebacks": "of one's own (server/sandbox/comebacks.db.test.ts)",
  "sandbox.resend": "of one's own (server/sandbox/comebacks.db.test.ts)",
  "conversations.counts": "counts: a test of its own below",
  "quickReplies.list": "of the session's own user (server/quick-replies/quick-replies.db.test.ts)",
  "quickReplies.create": "makes a row of one's own and names none",
  "quickReplies.update": "of the session's own user (server/quick-replies/quick-replies.db.test.ts)",
  "quickReplies.delete": "of the session's own user (server/quick-replies/quick-replies.db.test.ts)",
  "sandbox.info": "of the installation, which all share",
  "senders.current": "of the installation, which all share",
  "senders.resume": "of the installation, which all share",
  "templates.list": "of the installation, which all share",
  "templates.sync": "of the installation, which all share",
};

test("every procedure of the router is one of these", () => {
  const known = [
    ...namings.map(({ name }) => name),
    ...[listing, superAdminsAlone, exempt].flatMap((names) => Object.keys(names)),
  ];
  expect(known.toSorted()).toEqual(Object.keys(appRouter._def.procedures).toSorted());
});

const nowhere: At = Object.fromEntries(Object.keys(ids).map((name) => [name, 999_999])) as At;
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    ({ code, message, cause }) => JSON.stringify({ code, message, meta: cause?.meta }),
  );

const snapshot = () => sql`select (select json_agg(c order by id) from contacts c) as contacts,
  (select json_agg(c order by id) from categories c) as categories,
  (select json_agg(c order by id) from campaigns c) as campaigns,
  (select json_agg(m order by id) from messages m) as messages, (select json_agg(i order by id) from imports i) as imports,
  (select json_agg(k order by id) from category_contacts k) as links, (select count(*) from audit_log) as audit`;

test.each(namings)(
  "$name: another's row is not found, like one that does not exist",
  async ({ code, call }) => {
    await sql`insert into templates (name, body, variables, source, is_default, content_sid)
    values ('t', 'Bonjour', '{}', 'default', true, 'HX1') on conflict do nothing`;
    const before = await snapshot();
    const refusal = await refusalOf(call(other.call, ids));
    expect(refusal).toContain(`${code}.not_found`);
    expect(refusal).toBe(await refusalOf(call(other.call, nowhere)));
    expect(await snapshot()).toEqual(before);
  },
);

test.each(Object.entries(listing))(
  "%s: one's own rows alone, a super admin's everybody's",
  async (_, call) => {
    const told = async (by: Call) => JSON.stringify(await call(by));
    expect(await told(claire.call)).toContain(mark);
    expect(await told(boss.call)).toContain(mark);
    expect(await told(other.call)).not.toContain(mark);
  },
);

test.each(Object.entries(superAdminsAlone))("%s: nobody who is no super admin", async (_, call) => {
  const before = await sql`select * from users order by id`;
  await expect(call(claire.call)).rejects.toMatchObject({ code: "FORBIDDEN", message: "auth.forbidden" });
  expect(await sql`select * from users order by id`).toEqual(before);
});

test("what is counted is one's own", async () => {
  const counted = async ({ sandbox, conversations }: Call) => [
    (await sandbox.membership()).member.total > 0 || (await sandbox.membership()).expiring.total > 0,
    (await conversations.counts()).unread > 0,
  ];
  expect(await counted(claire.call)).toEqual([true, true]);
  expect(await counted(boss.call)).toEqual([true, true]);
  expect(await counted(other.call)).toEqual([false, false]);
  expect((await other.call.sandbox.reminders()).expiring.total).toBe(0);
});

test("a choice of contacts passes over those of somebody else", async () => {
  const before = await snapshot();
  expect(await other.call.contacts.deleteMany({ choice: { ids: [ids.contactId] } })).toEqual({ count: 0 });
  const filter = { categoryId: ids.categoryId };
  expect(await other.call.contacts.deleteMany({ choice: { filter } })).toEqual({ count: 0 });
  expect({ ...(await snapshot())[0], audit: "" }).toEqual({ ...before[0], audit: "" });
});

const all = [
  ...namings,
  ...Object.entries({ ...listing, ...superAdminsAlone }).map(([name, call]) => ({ name, call })),
];

test.each(all)("$name: nobody who is not signed in", async ({ call }) => {
  const nobody = createCaller(makeContext(db, null));
  await expect(call(nobody, ids)).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "auth.required" });
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
