// The days of the dashboard before the move: what the previous system sent is counted, once.
import { expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import { blemishedDatabase, previousDatabase } from "#db/testing/previous-database.ts";
import { rollUpActivity } from "#server/stats/roll-up-activity.ts";
import { makeContext } from "#server/testing/caller.ts";
import { createCaller } from "#server/trpc/root.ts";

const timeZone = "America/Martinique";

/** The five messages of previous-system.sql: 1 sent, 2 and 3 waiting, 4 read, 5 a Message 2 delivered. */
async function databaseOfLastWeek() {
  const database = await previousDatabase();
  // an hour after midnight in UTC: the day before in Martinique
  await database.sql.unsafe(`
    update messages set sent_at = date_trunc('day', current_timestamp at time zone 'UTC') - interval '1 day' + interval '1 hour'
      where id in (1, 4);
    update messages set sent_at = null, created_at = date_trunc('day', current_timestamp at time zone 'UTC') - interval '3 days'
      where id = 5;
    insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id, sent_at) values
      (1, 3, 'message_2', 'Merci', 'failed', 'SM0124', (current_timestamp - interval '5 days') at time zone 'UTC'),
      (1, 3, 'message_2', 'Merci', 'failed', null, null)`);
  return database;
}

test("[EX-8.5] the days before the move show what was sent then, by owner, counted once and for good", async () => {
  const { sql, url, db } = await databaseOfLastWeek();
  await migrate(url, { timeZone });
  const days = async (id: number, role: "super_admin" | "admin") => {
    const caller = createCaller(makeContext(db, { id, role, email: "chef@exemple.fr" }));
    const overview = await caller.stats.overview({ days: 30 });
    return overview.days.map(({ accepted }) => accepted).filter((accepted) => accepted > 0);
  };
  // campaign 2 is nobody's
  expect(await days(1, "super_admin")).toEqual([1, 1, 2]);
  expect(await days(2, "admin")).toEqual([1, 1]);
  while (await rollUpActivity(db, { timeZone }));
  await rollUpActivity(db, { timeZone });
  expect(await days(1, "super_admin")).toEqual([1, 1, 2]);
  // one sent by ours is counted beside them
  await sql`insert into message_attempts (message_id, number, slot_at, claimed_at, answered_at, sid, outcome)
    values (2, 1, now(), now(), now(), 'SM1', 'accepted')`;
  expect(await days(2, "admin")).toEqual([1, 1, 1]);
  const [day] = await sql`select day::text from day_activity where accepted > 0 order by day desc limit 1`;
  const [expected] = await sql`
    select ((current_timestamp at time zone 'UTC')::date - 2)::text as day`;
  expect(day).toEqual(expected);
});

test("all that was sent is in the days, under the country of the number as it was mended", async () => {
  const { sql, url } = await blemishedDatabase();
  const [sent] =
    await sql`select count(*)::int as count from messages where status in ('sent', 'delivered', 'read')`;
  await migrate(url);
  const [days] = await sql`select sum(accepted)::int as count from day_activity`;
  expect(days).toEqual(sent);
  expect(await sql`select distinct dial_code from day_activity order by 1`).toEqual([{ dial_code: "+33" }]);
});
