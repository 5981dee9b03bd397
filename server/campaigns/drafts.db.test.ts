import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeContacts } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();
const contentSid = `HX${"d".repeat(32)}`;
await ensureTemplates(db, { defaultContentSid: contentSid });

const literal = (value: string) => ({ type: "literal" as const, value });

async function author() {
  const { user, call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Clients fidèles", color: "#22aa66" });
  const [template, other] = await call.templates.list();
  const draft = {
    name: "Rentrée",
    categoryIds: [categoryId],
    templateId: template?.id,
    variables: { "1": literal("Relance"), "2": { type: "field" as const, field: "firstName" as const } },
    messageTwo: "Merci ! https://exemple.fr",
  };
  return { user, call, categoryId, draft, otherTemplateId: other?.id };
}

test("a draft keeps the template's text, its SID and what fills the variables", async () => {
  const { call, draft, categoryId, user } = await author();
  const { id } = await call.campaigns.create({
    ...draft,
    variables: { ...draft.variables, "9": literal("x") },
  });
  expect(await call.campaigns.get({ id })).toMatchObject({
    id,
    name: "Rentrée",
    status: "draft",
    messageOne: "Your {{1}} code is {{2}}",
    messageTwo: "Merci ! https://exemple.fr",
    variables: draft.variables,
    template: { contentSid, removed: false },
    categories: [{ id: categoryId, name: "Clients fidèles", color: "#22aa66" }],
    ownerEmail: user.email,
    totalRecipients: 0,
    sender: { address: "whatsapp:+14155238886", pauseReason: null, workerAlive: false },
  });
  const [row] = await sql`select content_sid, template_name from campaigns where id = ${id}`;
  expect(row).toEqual({ content_sid: contentSid, template_name: "Code (modèle par défaut)" });
});

test("a draft is rewritten as a whole, with another template and other categories", async () => {
  const { call, draft, otherTemplateId } = await author();
  const { id } = await call.campaigns.create(draft);
  const { id: second } = await call.categories.create({ name: "Presse", color: "#3366cc" });
  await call.campaigns.update({
    ...draft,
    id,
    templateId: otherTemplateId,
    categoryIds: [second],
    messageTwo: "",
  });
  const campaign = await call.campaigns.get({ id });
  expect(campaign.categories.map(({ name }) => name)).toEqual(["Presse"]);
  expect(campaign.template?.id).toBe(otherTemplateId);
  expect(campaign.messageTwo).toBeNull();
});

test("a campaign that was launched cannot be edited any more", async () => {
  const { call, draft, categoryId } = await author();
  await call.contacts.create({ number: "+33611223344", firstName: "Léa", categoryIds: [categoryId] });
  const { id } = await call.campaigns.create(draft);
  expect(await call.campaigns.launch({ id })).toEqual({ id, launched: true, recipients: 1 });
  expect(await call.campaigns.launch({ id })).toEqual({ id, launched: false, recipients: 1 });
  await expect(call.campaigns.update({ ...draft, id })).rejects.toMatchObject({
    message: "campaign.not_editable",
  });
  expect(
    await sql`select from audit_log where action = 'campaign.launched' and subject_id = ${String(id)}`,
  ).toHaveLength(1);
});

test("[EX-3.4] a launch with an empty variable is refused, naming it, and nothing is sent", async () => {
  const { call, draft, categoryId } = await author();
  await call.contacts.create({ number: "+33611223355", categoryIds: [categoryId] });
  const { id } = await call.campaigns.create(draft);
  await expect(call.campaigns.launch({ id })).rejects.toMatchObject({
    message: "campaign.variable_invalid",
    cause: { meta: { variable: "2", problem: "empty", contacts: 1 } },
  });
  expect(await call.campaigns.get({ id })).toMatchObject({ status: "draft" });
  expect((await call.campaigns.messages({ id })).rows).toEqual([]);
});

test("a campaign under way has to be cancelled before it is deleted; its messages stay", async () => {
  const { call, draft, categoryId } = await author();
  await call.contacts.create({ number: "+33611223366", firstName: "Léa", categoryIds: [categoryId] });
  const { id } = await call.campaigns.create(draft);
  await call.campaigns.launch({ id });
  await expect(call.campaigns.delete({ id })).rejects.toMatchObject({ message: "campaign.not_deletable" });
  await call.campaigns.cancel({ id });
  await call.campaigns.delete({ id });
  await expect(call.campaigns.get({ id })).rejects.toMatchObject({ message: "campaign.not_found" });
  expect((await call.campaigns.list({})).rows).toEqual([]);
  expect(await sql`select from messages where campaign_id = ${id}`).toHaveLength(1);
});

test("a draft is deleted for good", async () => {
  const { call, draft } = await author();
  const { id } = await call.campaigns.create(draft);
  await call.campaigns.delete({ id });
  expect(await sql`select from campaigns where id = ${id}`).toHaveLength(0);
});

test("messages come 50 a page, forth and back, all or of one status, with their counts, and tests apart", async () => {
  const { user, call } = await author();
  const contactIds = await makeContacts(db, 60, { createdBy: user.id });
  const id = await makeCampaign(db, contactIds, { createdBy: user.id });
  await call.campaigns.sendTest({ id, number: "+33639980001" });
  await call.campaigns.launch({ id });
  await sql`update messages set status = 'failed', error_code = 63015
    where id in (select id from messages where campaign_id = ${id} and message_type <> 'test' order by id limit 3)`;
  const first = await call.campaigns.messages({ id });
  const second = await call.campaigns.messages({ id, after: first.next });
  expect([first.rows.length, second.rows.length, first.previous, second.next]).toEqual([50, 10, null, null]);
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(60);
  expect(await call.campaigns.messages({ id, before: second.previous })).toEqual(first);
  expect(first.rows[0]).toMatchObject({
    type: "message_1",
    status: "failed",
    errorCode: 63015,
    contact: { id: contactIds[0], deleted: false },
    toNumber: expect.stringMatching(/^\+336399\d{5}$/),
  });
  expect((await call.campaigns.messages({ id, status: "failed" })).rows).toHaveLength(3);
  const { statusCounts, messageTwoCounts } = await call.campaigns.get({ id });
  expect(statusCounts).toMatchObject({ pending: 57, failed: 3, read: 0 });
  expect(messageTwoCounts.pending).toBe(0);
  expect(await call.campaigns.retryFailed({ id })).toEqual({ count: 3 });
});
