import { sql as query } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, queryRows } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { isActivityBehind, rollUpActivity } from "#server/stats/roll-up-activity.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContacts, makeLaunched } from "#server/testing/factories.ts";

const timeZone = "Europe/Paris";

async function rollUpAll({ db }: Pick<TestDatabase, "db">): Promise<void> {
  while (await rollUpActivity(db, { timeZone }));
}

/** Whether the sweep would have it rolled up. */
async function isBehind({ db }: TestDatabase): Promise<boolean | undefined> {
  const [found] = await queryRows<{ behind: boolean }>(db, query`select ${isActivityBehind} as behind`);
  return found?.behind;
}

/** Every attempt accepted, every answer received at a moment given in words of PostgreSQL. */
async function makeActivity({ db, sql }: TestDatabase, owner: number | null, moments: readonly string[]) {
  const { messageIds, contactIds, campaignId } = await makeLaunched(db, moments.length, { createdBy: owner });
  await sql`insert into message_attempts (message_id, number, slot_at, claimed_at, answered_at, sid, outcome)
    select id, 1, at, at, at, 'SM' || id, 'accepted'
    from unnest(${messageIds}::int[], ${moments}::timestamptz[]) m (id, at)`;
  await sql`insert into interactions (campaign_id, contact_id, interaction_type, received_at)
    select ${campaignId}, id, 'reply', at at time zone 'UTC'
    from unnest(${contactIds}::int[], ${moments}::timestamptz[]) k (id, at)`;
  return { messageIds, contactIds, campaignId };
}

const days = ({ sql }: TestDatabase) =>
  sql`select day::text, owner_id, dial_code, accepted, failed, answers from day_activity order by 1, 2, 3`;
const hours = ({ sql }: TestDatabase) =>
  sql`select day::text, owner_id, hour, answers from hour_answers order by 1, 2, 3`;

test("days and hours are those of the display time zone, by owner and country; nobody's belong to 0", async () => {
  const test = await testDatabase();
  const { user } = await callerOf(test.db);
  await makeActivity(test, user.id, ["2026-01-09 22:59Z", "2026-01-09 23:00Z", "2026-01-10 22:59Z"]);
  const { messageIds } = await makeActivity(test, null, ["2026-07-01 21:59Z", "2026-07-01 22:00Z"]);
  await test.sql`update messages set status = 'failed', failed_at = '2026-07-01 21:59Z' where id = ${messageIds[0] ?? 0}`;
  await rollUpAll(test);
  const row = (day: string, owner_id: number, accepted: number, failed = 0) => ({
    day,
    owner_id,
    dial_code: "+33",
    accepted,
    failed,
    answers: accepted,
  });
  expect(await days(test)).toEqual([
    row("2026-01-09", user.id, 1),
    row("2026-01-10", user.id, 2),
    row("2026-07-01", 0, 1, 1),
    row("2026-07-02", 0, 1),
  ]);
  expect(await hours(test)).toEqual([
    { day: "2026-01-09", owner_id: user.id, hour: 23, answers: 1 },
    { day: "2026-01-10", owner_id: user.id, hour: 0, answers: 1 },
    { day: "2026-01-10", owner_id: user.id, hour: 23, answers: 1 },
    { day: "2026-07-01", owner_id: 0, hour: 23, answers: 1 },
    { day: "2026-07-02", owner_id: 0, hour: 0, answers: 1 },
  ]);
});

test("again, by many workers at once, and after a downtime: everything is counted once", async () => {
  const test = await testDatabase();
  const moments = Array.from({ length: 20 }, (_, nr) => `2026-03-${String(nr + 1).padStart(2, "0")} 10:00Z`);
  await makeActivity(test, null, moments);
  const others = [connect(test.url, { max: 2 }), connect(test.url, { max: 2 })];
  await Promise.all([rollUpAll(test), ...others.map(rollUpAll)]);
  await Promise.all(others.map(({ close }) => close()));
  const once = moments.map((moment) =>
    expect.objectContaining({ day: moment.slice(0, 10), accepted: 1, answers: 1 }),
  );
  expect(await days(test)).toEqual(once);
  await rollUpAll(test);
  expect(await days(test)).toEqual(once);
});

test("what is fresh is left to be counted live, and the mark never passes it", async () => {
  const test = await testDatabase();
  const fresh = new Date(Date.now() - 60_000).toISOString();
  await makeActivity(test, null, [fresh]);
  await rollUpAll(test);
  expect(await days(test)).toEqual([]);
  const [mark] = await test.sql`select until <= ${fresh} as before from activity_mark`;
  expect(mark).toEqual({ before: true });
});

test("an answer that comes three hours late is in the figures of its hour, at once and for good", async () => {
  const test = await testDatabase();
  const { user, call } = await callerOf(test.db);
  const { campaignId, contactIds } = await makeActivity(test, user.id, [
    new Date(Date.now() - 5 * 3_600_000).toISOString(),
    new Date(Date.now() - 60_000).toISOString(),
  ]);
  await rollUpAll(test);
  const before = await call.stats.overview({ days: 7 });
  const [late] = await test.sql`
    insert into interactions (campaign_id, contact_id, interaction_type, received_at)
    values (${campaignId}, ${contactIds[0] ?? 0}, 'reply', (now() - interval '3 hours') at time zone 'UTC')
    returning extract(hour from (now() - interval '3 hours') at time zone ${timeZone})::int as hour,
      ((now() - interval '3 hours') at time zone ${timeZone})::date::text as day`;
  const hour = (late?.hour ?? -1) as number;
  const expected = before.hours.map((answers, nr) => answers + (nr === hour ? 1 : 0));
  expect(await isBehind(test)).toBe(true);
  const live = await call.stats.overview({ days: 7 });
  expect(live.hours).toEqual(expected);
  expect(live.days.find(({ day }) => day === late?.day)?.answers).toBeGreaterThan(0);
  await rollUpAll(test);
  await rollUpAll(test);
  expect(await isBehind(test)).toBe(false);
  expect(await call.stats.overview({ days: 7 })).toEqual(live);
  expect(await hours(test)).toContainEqual({
    day: late?.day,
    owner_id: user.id,
    hour,
    answers: expect.any(Number),
  });
});

test("a super admin and an admin see the same figures whether they are rolled up or not", async () => {
  const test = await testDatabase();
  const { user, call } = await callerOf(test.db);
  const other = await callerOf(test.db);
  const boss = await callerOf(test.db, "super_admin");
  const at = (daysAgo: number, minutes = 0) =>
    new Date(Date.now() - daysAgo * 86_400_000 - minutes * 60_000).toISOString();
  await makeActivity(test, user.id, [at(0, 1), at(1), at(1), at(6), at(20)]);
  await makeActivity(test, other.user.id, [at(1)]);
  await makeActivity(test, null, [at(2)]);
  const seen = async () => [
    await call.stats.overview({ days: 7 }),
    await call.stats.overview({ days: 30 }),
    await boss.call.stats.overview({ days: 7 }),
  ];
  const live = await seen();
  await rollUpAll(test);
  expect(await seen()).toEqual(live);
  const sums = live.map(({ days, hours }) => [
    days.length,
    days.reduce((sum, { accepted }) => sum + accepted, 0),
    hours.reduce((sum, answers) => sum + answers, 0),
  ]);
  expect(sums).toEqual([
    [7, 4, 4],
    [30, 5, 5],
    [7, 6, 6],
  ]);
  expect(live[0]?.days.at(-1)).toMatchObject({ accepted: 1, answers: 1 });
  expect(live[0]?.cost.lowUsd).toBeCloseTo(4 * (0.005 + 0.0171));
});

test("totals are the counters of one's own campaigns, deleted ones too", async () => {
  const { db, sql } = await testDatabase();
  const { user, call } = await callerOf(db);
  const boss = await callerOf(db, "super_admin");
  const { campaignId, messageIds } = await makeLaunched(db, 6, { createdBy: user.id });
  await makeLaunched(db, 2, { createdBy: boss.user.id });
  const states = ["read", "delivered", "sent", "failed", "skipped", "pending"];
  for (const [nr, status] of states.entries())
    await sql`update messages set status = ${status} where id = ${messageIds[nr] ?? 0}`;
  await sql`update campaigns set interaction_count = 1 where id = ${campaignId}`;
  const expected = {
    totals: { campaigns: 1, sent: 3, delivered: 2, read: 1, failed: 1, answers: 1 },
    standing: { read: 1, delivered: 1, sent: 1, waiting: 1, failed: 1, leftOut: 1 },
    contacts: { all: 6, active: 6 },
  };
  expect(await call.stats.overview({})).toMatchObject({ ...expected, running: [{ id: campaignId }] });
  await sql`update campaigns set deleted_at = now() where id = ${campaignId}`;
  expect(await call.stats.overview({})).toMatchObject({
    ...expected,
    totals: { ...expected.totals, campaigns: 0 },
    running: [],
  });
  expect((await boss.call.stats.overview({})).standing.waiting).toBe(3);
});

test("contacts are counted as they come, go and change, by owner", async () => {
  const { db, sql } = await testDatabase();
  const [one, two] = [await callerOf(db), await callerOf(db)];
  const counts = async ({ call }: typeof one) => Object.values((await call.stats.overview({})).contacts);
  const ids = await makeContacts(db, 4, { createdBy: one.user.id });
  await makeContacts(db, 1, { createdBy: one.user.id, flag: "duplicate" });
  expect(await counts(one)).toEqual([5, 4]);
  await sql`update contacts set opted_out_at = now() where id = ${ids[0] ?? 0}`;
  await sql`update contacts set deleted_at = now() where id = ${ids[1] ?? 0}`;
  await sql`update contacts set created_by = ${two.user.id} where id = ${ids[2] ?? 0}`;
  await sql`update contacts set last_inbound_at = now()`;
  expect([await counts(one), await counts(two)]).toEqual([
    [3, 1],
    [1, 1],
  ]);
  await sql`delete from contacts where id = any(${ids})`;
  expect([await counts(one), await counts(two)]).toEqual([
    [1, 0],
    [0, 0],
  ]);
});
