import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();

/** A completed campaign whose messages Twilio refused two hours ago, since nobody had joined. */
async function refused(recipients: number) {
  const { user, call } = await callerOf(db);
  const made = await makeLaunched(db, recipients, { createdBy: user.id });
  await sql`update messages set status = 'failed', error_code = 63015, failed_at = now() - interval '2 hours'
    where campaign_id = ${made.campaignId}`;
  await sql`update contacts set sandbox_left_at = now() - interval '2 hours' where id = any(${made.contactIds})`;
  await sql`update campaigns set status = 'completed' where id = ${made.campaignId}`;
  const comeBack = (...which: number[]) => sql`
    update contacts set sandbox_joined_at = now() - interval '1 minute', sandbox_left_at = null,
      last_inbound_at = now() - interval '1 minute'
    where id = any(${which.map((nr) => made.contactIds[nr] as number)})`;
  const backIds = async () => (await call.sandbox.comebacks({})).rows.map(({ messageId }) => messageId);
  const statuses = async () => {
    const rows = await sql`select status from messages where campaign_id = ${made.campaignId} order by id`;
    return rows.map(({ status }) => status);
  };
  return { call, comeBack, backIds, statuses, ...made };
}

test("a contact who comes back after a refusal is offered, and no other", async () => {
  const { comeBack, backIds, messageIds } = await refused(3);
  expect(await backIds()).toEqual([]);
  await comeBack(0, 2);
  expect(await backIds()).toEqual([messageIds[2], messageIds[0]]);
});

test("a contact who was back before the news of the refusal came is offered", async () => {
  const { comeBack, backIds, messageIds } = await refused(1);
  await comeBack(0);
  await sql`update messages set failed_at = now() where id = ${messageIds[0] as number}`;
  expect(await backIds()).toEqual([]);
  await sql`with a as (
      insert into message_attempts (message_id, number, slot_at, claimed_at)
      values (${messageIds[0] as number}, 1, now(), now() - interval '2 hours') returning id, message_id)
    update messages set current_attempt_id = a.id from a where messages.id = a.message_id`;
  expect(await backIds()).toEqual(messageIds);
});

test("one press sends again to all who are back, and the campaign goes on", async () => {
  const { call, comeBack, statuses, campaignId } = await refused(3);
  await comeBack(0, 2);
  expect(await call.sandbox.resend({})).toEqual({ count: 2 });
  expect(await statuses()).toEqual(["pending", "failed", "pending"]);
  expect(await call.campaigns.get({ id: campaignId })).toMatchObject({ status: "sending" });
  expect(await call.sandbox.comebacks({})).toMatchObject({ rows: [], total: 0 });
  expect(await call.sandbox.resend({})).toEqual({ count: 0 });
});

test("one of them is sent to alone; who is not back is not sent to by name either", async () => {
  const { call, comeBack, statuses, messageIds } = await refused(3);
  await comeBack(0, 2);
  expect(
    await call.sandbox.resend({ messageIds: [messageIds[2] as number, messageIds[1] as number] }),
  ).toEqual({
    count: 1,
  });
  expect(await statuses()).toEqual(["failed", "failed", "pending"]);
});

test("another admin's contacts are neither offered nor sent to", async () => {
  const { comeBack, statuses, messageIds } = await refused(1);
  await comeBack(0);
  const other = await callerOf(db);
  expect(await other.call.sandbox.comebacks({})).toMatchObject({ rows: [] });
  expect(await other.call.sandbox.resend({ messageIds: [messageIds[0] as number] })).toEqual({ count: 0 });
  expect(await statuses()).toEqual(["failed"]);
});

test.each([
  ["who wants nothing more", "update contacts set opted_out_at = now() where id = $1"],
  ["whose card is wrong", "update contacts set flag = 'duplicate' where id = $1"],
  ["who was deleted", "update contacts set deleted_at = now() where id = $1"],
  ["whose number has been corrected", "update contacts set full_number = '+33799000001' where id = $1"],
  ["who has left again", "update contacts set sandbox_left_at = now() where id = $1"],
])("a contact %s is not offered", async (_, change) => {
  const { comeBack, backIds, contactIds } = await refused(1);
  await comeBack(0);
  expect(await backIds()).toHaveLength(1);
  await sql.unsafe(change, [contactIds[0] as number]);
  expect(await backIds()).toEqual([]);
});

test("the messages of a cancelled, archived or deleted campaign are not offered", async () => {
  for (const change of ["status = 'cancelled'", "archived_at = now()", "deleted_at = now()"]) {
    const { comeBack, backIds, campaignId } = await refused(1);
    await comeBack(0);
    expect(await backIds()).toHaveLength(1);
    await sql.unsafe(`update campaigns set ${change} where id = ${campaignId}`);
    expect(await backIds()).toEqual([]);
  }
});

test("pages of them go on where they ended", async () => {
  const { call, comeBack, messageIds } = await refused(25);
  await comeBack(...Array.from({ length: 25 }, (_, nr) => nr));
  const first = await call.sandbox.comebacks({});
  expect(first).toMatchObject({ total: 25, totalIsMore: false, previous: null });
  const second = await call.sandbox.comebacks({ after: first.next });
  expect([...first.rows, ...second.rows].map(({ messageId }) => messageId)).toEqual(messageIds.toReversed());
});
