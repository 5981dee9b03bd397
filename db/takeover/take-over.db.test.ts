// The move from the previous system: nothing lost, nothing sent, every blemish mended or shown.
import { beforeAll, expect, test } from "vitest";
import { type MigrationReport, migrate } from "#db/migrate.ts";
import { blemishedDatabase, previousPassword } from "#db/testing/previous-database.ts";
import type { TestDatabase } from "#db/testing/test-database.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import { makeContext } from "#server/testing/caller.ts";
import { inboundForm, statusForm, webhookOf } from "#server/testing/webhooks.ts";
import { createCaller } from "#server/trpc/root.ts";
import { authenticate } from "#server/users/authenticate.ts";

const { sql, url, db } = await blemishedDatabase();
const oldTables = [
  "users",
  "categories",
  "contacts",
  "category_contacts",
  "campaigns",
  "campaign_categories",
  "messages",
  "interactions",
];
const before = await look(sql);
let report: MigrationReport;

beforeAll(async () => {
  report = await migrate(url);
});

/** What must be there afterwards: rows, columns, indexes. */
async function look(on: TestDatabase["sql"]) {
  const rows: Record<string, number> = {};
  for (const table of oldTables) {
    const [counted] = await on`select count(*)::int as count from ${on(table)}`;
    rows[table] = counted?.count;
  }
  const columns = await on<{ name: string; type: string }[]>`
    select attrelid::regclass || '.' || attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = any (${oldTables}::regclass[]) and attnum > 0 and not attisdropped order by 1`;
  const indexes = await on<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = any (${oldTables}) order by 1`;
  const messages =
    await on`select id, campaign_id, contact_id, message_type, content, whatsapp_message_id, error_message,
    retry_count, sent_at, delivered_at, read_at, created_at from messages order by id`;
  const users = await on`select id, email, password_hash, role, is_active from users order by id`;
  return { rows, columns: [...columns], indexes: [...indexes], messages: [...messages], users: [...users] };
}

const contact = async (id: number) => {
  const [row] =
    await sql`select full_number, country_code, phone_number, flag, created_by from contacts where id = ${id}`;
  return row;
};

test("[EX-8.5] every row, old column and old index is kept, by name and type, whatever was mended", async () => {
  const after = await look(sql);
  expect(before.rows).toMatchObject({ contacts: 533, users: 4 });
  expect(after.rows).toEqual(before.rows);
  expect(report.takeover?.rows).toEqual(before.rows);
  expect(after.columns).toEqual(expect.arrayContaining(before.columns));
  expect(after.indexes).toEqual(expect.arrayContaining(before.indexes));
  expect(after.messages).toEqual(before.messages);
  expect(after.users).toEqual(before.users);
});

test("numbers without + or with spaces are written as E.164, with their history", async () => {
  const numbers =
    await sql`select count(*)::int as count from contacts where flag is null and full_number !~ '^[+][1-9][0-9]{6,14}$'`;
  expect(numbers[0]?.count).toBe(0);
  expect(await contact(2)).toMatchObject({ full_number: "+33698765432", country_code: "+33" });
  expect(await contact(3)).toMatchObject({ full_number: "+33611223344", phone_number: "611223344" });
  const [history] =
    await sql`select action, user_id, before, after from contact_changes where contact_id = 3`;
  expect(history).toEqual({
    action: "updated",
    user_id: null,
    before: { fullNumber: "+33 6 11 22 33 44" },
    after: { fullNumber: "+33611223344" },
  });
  const [changed] =
    await sql`select count(*)::int as count from contact_changes where after ->> 'fullNumber' ~ '^[+]33[0-9]+$'`;
  expect(report.takeover?.numbersNormalised).toBe(changed?.count);
});

test("what is no number is flagged and stays as it was written", async () => {
  const flagged = await sql`select id, full_number from contacts where flag = 'invalid_number' order by id`;
  expect(flagged.map(({ full_number }) => full_number)).toEqual([
    "+3312",
    "inconnu",
    "0000000000",
    "+33612345678 poste 4",
    "447911123456",
  ]);
  expect(report.takeover?.numbersInvalid).toBe(5);
});

test("of one number under two spellings the earlier contact has it, the later one is flagged", async () => {
  expect(report.takeover?.numbersTwice).toBe(10);
  expect(await contact(6)).toMatchObject({ full_number: "+33639980003", flag: null });
  expect(await contact(524)).toMatchObject({ full_number: "+33-6-39-98-0003", flag: "duplicate" });
  // the later one had it written right
  expect(await contact(10)).toMatchObject({ full_number: "+33639980007", flag: null });
  expect(await contact(529)).toMatchObject({ full_number: "33639980007", flag: "duplicate" });
  const [counts] =
    await sql`select sum(contacts)::int as all, sum(active)::int as active from contact_counts`;
  expect(counts).toEqual({ all: 533, active: 518 });
});

test("campaigns that a dead worker left are paused; nothing has a time to be sent", async () => {
  const campaigns = await sql`select name, status, stop_reason from campaigns order by id`;
  expect(campaigns.filter(({ status }) => status === "paused").map(({ name }) => name)).toEqual([
    "En cours",
    "Soldes",
    "Rentrée",
    "Presque finie",
    "Jamais partie",
  ]);
  expect(campaigns.filter(({ status }) => status === "sending")).toEqual([]);
  expect(campaigns.filter((one) => (one.status === "paused") !== (one.stop_reason === "taken_over"))).toEqual(
    [],
  );
  expect(report.takeover?.campaignsPaused).toBe(5);
  expect(await sql`select from messages where next_attempt_at is not null or to_address is not null`).toEqual(
    [],
  );
});

test("a Message 2 left waiting is ended with its reason, whatever became of its campaign, and waits on no page", async () => {
  expect(report.takeover).toMatchObject({ answersEnded: 20, messagesWaiting: 316 });
  const ended = await sql`
    select status, reason, count(*)::int as count from messages
    where message_type = 'message_2' and whatsapp_message_id is null group by 1, 2`;
  expect(ended).toEqual([{ status: "skipped", reason: "left_by_previous", count: 20 }]);
  const user = { id: 1, role: "super_admin" as const, email: "chef@exemple.fr" };
  const { standing } = await createCaller(makeContext(db, user)).stats.overview({});
  // twenty Messages 1 to somebody a second time, and those
  expect(standing).toMatchObject({ leftOut: 40, waiting: 316 });
});

test("whoever is in a campaign twice has one Message 1; the later one is left out and says why", async () => {
  expect(report.takeover?.recipientsTwice).toBe(20);
  const left = await sql`select distinct status, reason from messages where content = 'Bonjour encore'`;
  expect(left).toEqual([{ status: "skipped", reason: "recipient_twice" }]);
  const twice =
    await sql`select campaign_id, contact_id from messages where message_type = 'message_1' and status <> 'skipped'
    group by 1, 2 having count(*) > 1`;
  expect(twice).toEqual([]);
});

test("counters are what the rows say, campaign by campaign", async () => {
  const { checks } = await proveLedger(db, { campaignId: null });
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([]);
  // the draft with nothing in it, the one that failed and the one that never left were right
  expect(report.takeover?.countersCorrected).toBe(6);
  const [soldes] = await sql`select total_recipients, sent_count, success_count, failed_count, skipped_count
    from campaigns where name = 'Soldes'`;
  expect(soldes).toEqual({
    total_recipients: 535,
    sent_count: 309,
    success_count: 206,
    failed_count: 103,
    skipped_count: 20,
  });
});

test("old ids of providers and repeated ones are kept; a callback of a repeated one finds its recipient", async () => {
  expect(report.takeover?.idsRepeated).toBeGreaterThan(100);
  const [pair] = await sql`
    select m.whatsapp_message_id as sid, array_agg(m.id order by m.id) as ids, array_agg(c.full_number order by m.id) as numbers
    from messages m join contacts c on c.id = m.contact_id where m.status = 'sent' and c.flag is null group by 1
    having count(*) = 1 limit 1`;
  await sql`update messages set whatsapp_message_id = ${pair?.sid} where id = (
    select max(id) from messages where status = 'sent' and contact_id <> (select contact_id from messages where id = ${pair?.ids[0]}))`;
  const webhook = webhookOf(db);
  await webhook.post(statusForm(pair?.sid, "delivered", `whatsapp:${pair?.numbers[0]}`));
  const rows =
    await sql`select id, status from messages where whatsapp_message_id = ${pair?.sid} order by id`;
  expect(rows.filter(({ status }) => status === "delivered")).toEqual([
    { id: pair?.ids[0], status: "delivered" },
  ]);
});

test("rows nobody made are counted for the super admin", () => {
  expect(report.takeover?.ownerless).toEqual({ contacts: 53, campaigns: 2, categories: 1 });
});

test("[EX-8.5] an old password signs in, whatever the case of the e-mail", async () => {
  const signIn = { email: "ancienne.admin@exemple.fr", password: previousPassword, ip: "192.0.2.1" };
  expect(await authenticate(db, signIn)).toMatchObject({ id: 3, role: "admin" });
  await expect(authenticate(db, { ...signIn, email: "parti@exemple.fr" })).rejects.toThrow(
    "auth.invalid_credentials",
  );
});

test("[EX-4.3] an inbound message from an old contact whose number had spaces is matched", async () => {
  const webhook = webhookOf(db);
  const answer = await webhook.post(inboundForm("+33611223344", "Bonjour"));
  expect(answer.status).toBe(200);
  const [found] = await sql`select contact_id, content from interactions where inbound_sid is not null`;
  expect(found).toEqual({ contact_id: 3, content: "Bonjour" });
  expect(await sql`select from unknown_senders`).toEqual([]);
});
