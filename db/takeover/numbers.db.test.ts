// A number that libphonenumber does not know is one all the same where a message arrived.
import { expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import { previousDatabase } from "#db/testing/previous-database.ts";

test("a number at which a message was delivered is not flagged, one that nothing reached is", async () => {
  const { sql, url } = await previousDatabase();
  // eight digits: Côte d'Ivoire's numbers until 2021
  const made = await sql<{ id: number }[]>`
    insert into contacts (phone_number, country_code, full_number) values
      ('01020304', '225', '+225 01 02 03 04'), ('01020305', '225', '22501020305'), ('01020306', '+225', '+22501020306'),
      ('01020307', '+225', '+22501020307') returning id`;
  await sql`insert into messages (campaign_id, contact_id, message_type, content, status)
    select 2, id, 'message_1', 'Bonjour', status
    from unnest(${made.map(({ id }) => id)}::int[], array['delivered', 'read', 'sent']) m (id, status)
    where status is not null`;
  const { takeover } = await migrate(url);
  expect(takeover?.numbersInvalid).toBe(2);
  expect(
    await sql`select full_number, country_code, phone_number, flag from contacts where id = any(${made.map(({ id }) => id)}) order by id`,
  ).toEqual([
    { full_number: "+22501020304", country_code: "+225", phone_number: "01020304", flag: null },
    { full_number: "+22501020305", country_code: "+225", phone_number: "01020305", flag: null },
    { full_number: "+22501020306", country_code: "+225", phone_number: "01020306", flag: "invalid_number" },
    { full_number: "+22501020307", country_code: "+225", phone_number: "01020307", flag: "invalid_number" },
  ]);
});
