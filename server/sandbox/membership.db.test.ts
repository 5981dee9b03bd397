import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { contacts } from "#db/schema/contacts.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { accepted, answer, callBack, claimNext, makeSenderEnv, makeSid } from "#server/testing/engine.ts";
import { makeContact, makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

/** An admin with one contact in each situation. */
async function admin() {
  const { user, call } = await callerOf(db);
  const make = (patch: Parameters<typeof makeContact>[1]) =>
    makeContact(db, { createdBy: user.id, ...patch });
  await make({ sandboxJoinedAt: ago(1) });
  await make({ sandboxJoinedAt: ago(65) });
  await make({ sandboxJoinedAt: ago(73) });
  await make({ sandboxJoinedAt: ago(400) });
  await make({ sandboxJoinedAt: ago(5), sandboxLeftAt: ago(2) });
  await make({ sandboxLeftAt: ago(30) });
  await make({});
  return { user, call, make };
}

const some = (total: number) => ({ total, totalIsMore: false });

test("[EX-7.3] the admin is told before memberships end, and who has to send the code again", async () => {
  const { call } = await admin();
  await callerOf(db).then(({ user }) =>
    makeContacts(db, 3, { createdBy: user.id, sandboxJoinedAt: ago(65) }),
  );
  expect(await call.sandbox.membership()).toEqual({ member: some(2), expiring: some(1), toRejoin: some(4) });
  // what ended longer ago than yesterday is no news
  expect(await call.sandbox.reminders()).toEqual({ expiring: some(1), ended: some(2) });
});

test("the list of those who have to join again has the expired and the refused ones, and nobody else", async () => {
  const { call } = await admin();
  const { rows } = await call.contacts.list({ situation: "to_rejoin" });
  expect(rows).toHaveLength(4);
  for (const { sandboxJoinedAt, sandboxLeftAt } of rows)
    expect(sandboxLeftAt ?? sandboxJoinedAt).not.toBeNull();
});

test("who said STOP is neither a reminder nor to be invited again", async () => {
  const { call, make } = await admin();
  for (const gone of [{ sandboxJoinedAt: ago(65) }, { sandboxJoinedAt: ago(73) }, { sandboxLeftAt: ago(2) }])
    await make({ ...gone, optedOutAt: ago(1) });
  expect(await call.sandbox.reminders()).toEqual({ expiring: some(1), ended: some(2) });
  expect(await call.sandbox.membership()).toMatchObject({ toRejoin: some(4) });
  expect((await call.contacts.list({ situation: "to_rejoin" })).rows).toHaveLength(4);
});

test("whoever joins again is on no list of the ended", async () => {
  const { call, make } = await admin();
  await make({ sandboxJoinedAt: ago(100), lastInboundAt: ago(1) });
  await make({ sandboxJoinedAt: ago(1), sandboxLeftAt: ago(2) });
  expect(await call.sandbox.reminders()).toEqual({ expiring: some(1), ended: some(2) });
  expect(await call.sandbox.membership()).toMatchObject({ member: some(4) });
});

/** Twilio says now that a message of `sentHoursAgo` arrived. */
async function delivered(sentHoursAgo: number, contact: Parameters<typeof makeContact>[1]) {
  const { senderId, contactIds, messageIds } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const [contactId, messageId] = [contactIds[0] as number, messageIds[0] as number];
  const sid = makeSid();
  const claim = await claimNext(db, senderId);
  await answer(db, { ...claim, senderId }, accepted(sid));
  await sql`update messages set sent_at = now() - ${sentHoursAgo} * interval '1 hour' where id = ${messageId}`;
  await db
    .update(contacts)
    .set({ ...contact })
    .where(eq(contacts.id, contactId));
  await callBack(db, claim.attemptId, { sid, status: "delivered" });
  const [row] = await db.select().from(contacts).where(eq(contacts.id, contactId));
  const joined = row?.sandboxJoinedAt && Math.round((Date.now() - row.sandboxJoinedAt.getTime()) / hour);
  return { joined, left: row?.sandboxLeftAt };
}

test.each([
  ["nobody had seen joining", 2, { sandboxJoinedAt: null }, 2],
  ["who had joined before", 2, { sandboxJoinedAt: ago(10) }, 10],
  ["whose three days were over when it was sent", 2, { sandboxJoinedAt: ago(80) }, 2],
  ["whose three days ended after it was sent", 20, { sandboxJoinedAt: ago(80) }, 80],
  ["who had left and come back", 2, { sandboxJoinedAt: ago(50), sandboxLeftAt: ago(40) }, 2],
])("a delivery to a contact %s proves the membership when it was sent", async (_, sent, contact, joined) => {
  expect(await delivered(sent, contact)).toMatchObject({ joined, left: null });
});

test("a late delivery does not bring back who left after it was sent", async () => {
  const gone = await delivered(20, { sandboxJoinedAt: ago(30), sandboxLeftAt: ago(10) });
  expect(gone).toMatchObject({ joined: 30, left: expect.any(Date) });
});
