// What the authorisation matrix (authorisation.db.test.ts) cannot ask: counts, choices of many, filters, and what stays.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeOwnedRows } from "#server/testing/owned-rows.ts";

const { db, sql } = await testDatabase();
const [claire, other, boss] = [await callerOf(db), await callerOf(db), await callerOf(db, "super_admin")];
type Call = typeof claire.call;
const ids = await makeOwnedRows(db, sql, claire.user);
await sql`update contacts set sandbox_joined_at = now() - interval '71 hours' where id = ${ids.contact}`;

const snapshot = () => sql`select (select json_agg(c order by id) from contacts c) as contacts,
  (select json_agg(k order by id) from category_contacts k) as links`;

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
  expect(await other.call.contacts.deleteMany({ choice: { ids: [ids.contact] } })).toEqual({ count: 0 });
  const filter = { categoryId: ids.category };
  expect(await other.call.contacts.deleteMany({ choice: { filter } })).toEqual({ count: 0 });
  expect(await snapshot()).toEqual(before);
});

test("a filter by another's category finds nothing", async () => {
  expect((await other.call.contacts.list({ categoryId: ids.category })).total).toBe(0);
});

test("a super admin opens and changes what an admin made", async () => {
  expect(await boss.call.campaigns.get({ id: ids.campaign })).toMatchObject({
    ownerEmail: claire.user.email,
  });
  expect(await boss.call.messages.get({ id: ids.message })).toMatchObject({
    campaign: { id: ids.campaign },
    attempts: [],
  });
  const changed = { number: "+33611111111", categoryIds: [], firstName: "Zoé" };
  await boss.call.contacts.update({ id: ids.contact, ...changed });
  expect(await claire.call.contacts.get({ id: ids.contact })).toMatchObject({ firstName: "Zoé" });
});

test("what changed is in the audit log with who and from where", async () => {
  await claire.call.campaigns.pause({ id: ids.campaign });
  const [line] =
    await sql`select user_id, ip, action, subject_id, before from audit_log order by id desc limit 1`;
  expect(line).toEqual({
    user_id: claire.user.id,
    ip: "192.0.2.1",
    action: "campaign.paused",
    subject_id: String(ids.campaign),
    before: { status: "sending" },
  });
});
