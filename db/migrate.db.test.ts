// The migrations: of an empty database, of the previous system's, and of two processes at once.
import { getTableColumns, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import * as accounts from "#db/schema/accounts.ts";
import * as activity from "#db/schema/activity.ts";
import * as audit from "#db/schema/audit.ts";
import * as campaigns from "#db/schema/campaigns.ts";
import * as contacts from "#db/schema/contacts.ts";
import * as imports from "#db/schema/imports.ts";
import * as messages from "#db/schema/messages.ts";
import * as quickReplies from "#db/schema/quick-replies.ts";
import * as senders from "#db/schema/senders.ts";
import * as sessions from "#db/schema/sessions.ts";
import * as users from "#db/schema/users.ts";
import * as webhooks from "#db/schema/webhooks.ts";
import { previousDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase, type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { claimMessage } from "#server/messages/claim-message.ts";

const modules = [
  accounts,
  activity,
  audit,
  campaigns,
  contacts,
  imports,
  messages,
  quickReplies,
  senders,
  sessions,
  users,
  webhooks,
];
const tables = modules.flatMap((module) => Object.values(module)).filter((value) => is(value, PgTable));

/** PostgreSQL's columns in the words of Drizzle's types. */
async function columnsOf(sql: TestDatabase["sql"]) {
  const rows = await sql<{ name: string; type: string; required: boolean }[]>`
    select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`;
  return Object.fromEntries(rows.map(({ name, ...column }) => [name, column]));
}

const typeNames: [RegExp, string][] = [
  [/^serial$/, "integer"],
  [/^bigserial$/, "bigint"],
  [/^varchar\((\d+)\)$/, "character varying($1)"],
  [/^timestamp$/, "timestamp without time zone"],
];
const nameOfType = (type: string) => typeNames.reduce((name, [from, to]) => name.replace(from, to), type);

function columnsOfSchema() {
  const columns = tables.flatMap((table) =>
    Object.values(getTableColumns(table)).map((column) => [
      `${getTableConfig(table).name}.${column.name}`,
      { type: nameOfType(column.getSQLType()), required: column.notNull },
    ]),
  );
  return Object.fromEntries(columns);
}

/** Row level security everywhere is what keeps Supabase's REST interface out. */
const unprotected = (sql: TestDatabase["sql"]) => sql`
  select relname from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;

test("the schema of the code is that of the migrated database: tables, columns, types, what may be empty", async () => {
  const { sql } = await testDatabase();
  expect(await columnsOf(sql)).toEqual(columnsOfSchema());
});

test("the previous system's database ends with the same columns as an empty one", async () => {
  const { sql, url } = await previousDatabase();
  await migrate(url);
  expect(await columnsOf(sql)).toEqual(columnsOfSchema());
});

test("row level security is on for every table of public, old and new", async () => {
  const { sql } = await testDatabase();
  expect(await unprotected(sql)).toEqual([]);
  const previous = await previousDatabase();
  await migrate(previous.url);
  expect(await unprotected(previous.sql)).toEqual([]);
});

test("taking over keeps every row, pauses what was being sent and gives nothing a time to be sent", async () => {
  const { sql, url, db } = await previousDatabase();
  const before =
    await sql`select id, content, status, whatsapp_message_id, created_at from messages order by id`;
  await migrate(url);
  expect(
    await sql`select id, content, status, whatsapp_message_id, created_at from messages order by id`,
  ).toEqual(before);
  expect(await sql`select name, status, stop_reason from campaigns order by id`).toEqual([
    { name: "En cours", status: "paused", stop_reason: "taken_over" },
    { name: "Finie", status: "completed", stop_reason: null },
    { name: "Brouillon", status: "draft", stop_reason: null },
  ]);
  expect(await sql`select from messages where next_attempt_at is not null or dedupe_key is not null`).toEqual(
    [],
  );
  const [counts] = await sql`select (select count(*)::int from users) as users,
    (select count(*)::int from contacts) as contacts, (select count(*)::int from category_contacts) as links,
    (select count(*)::int from interactions) as answers`;
  expect(counts).toEqual({ users: 2, contacts: 3, links: 3, answers: 2 });
  const [sender] =
    await sql`insert into senders (address, interval_ms) values ('whatsapp:+14155238886', 0) returning id`;
  await sql`update messages set sender_id = ${sender?.id}, to_address = 'whatsapp:+33612345678', from_address = 'x'`;
  await sql`update campaigns set status = 'sending' where id = 1`;
  const claim = await claimMessage(db, {
    senderId: sender?.id,
    workerId: crypto.randomUUID(),
    windowHours: 24,
  });
  expect(claim.verdict).toBe("idle");
});

test("the checks of the previous system, whatever their names, give way to wider ones", async () => {
  const { sql, url } = await previousDatabase();
  await migrate(url);
  await sql`update messages set status = 'uncertain' where id = 1`;
  await sql`update campaigns set status = 'cancelled' where id = 3`;
  await expect(sql`update messages set status = 'perdu' where id = 1`).rejects.toThrow(
    "messages_status_check",
  );
  const unvalidated = await sql`select conname from pg_constraint where contype = 'c' and not convalidated`;
  expect(unvalidated).toEqual([]);
});

test("migrating again changes nothing, and pauses no campaign that has been resumed since", async () => {
  const { sql, url } = await previousDatabase();
  await migrate(url);
  await sql`update campaigns set status = 'sending' where id = 1`;
  const before = await columnsOf(sql);
  await migrate(url);
  await sql`delete from drizzle.__drizzle_migrations`;
  await migrate(url);
  expect(await columnsOf(sql)).toEqual(before);
  const [campaign] = await sql`select status from campaigns where id = 1`;
  expect(campaign?.status).toBe("sending");
  const triggers = await sql`select tgrelid::regclass::text, count(*)::int from pg_trigger
    where tgfoid = 'public.update_updated_at_column'::regproc group by 1`;
  expect(triggers.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
});

test("two processes that migrate at once both succeed, on an empty database and on the previous one", async () => {
  for (const { sql, url } of [await emptyDatabase(), await previousDatabase()]) {
    await Promise.all([migrate(url), migrate(url)]);
    expect(await columnsOf(sql)).toEqual(columnsOfSchema());
    const [done] = await sql`select count(*)::int as all, count(distinct hash)::int as different
      from drizzle.__drizzle_migrations`;
    expect(done?.all).toBe(done?.different);
  }
});

test("Supabase's public roles, where they exist, have no right on anything, nor will have", async () => {
  const { sql, url } = await previousDatabase();
  for (const role of ["anon", "authenticated"]) {
    await sql.unsafe(
      `do $$ begin create role ${role} nologin; exception when duplicate_object then null; end $$`,
    );
    await sql.unsafe(`grant all on all tables in schema public to ${role};
      grant all on all sequences in schema public to ${role};
      alter default privileges in schema public grant all on tables to ${role}`);
  }
  try {
    await migrate(url);
    await sql`create table created_later (id serial primary key)`;
    const rights = await sql`
      select r.rolname, c.relname from pg_class c cross join pg_roles r
      where r.rolname in ('anon', 'authenticated') and c.relnamespace = 'public'::regnamespace and (
        (c.relkind in ('r', 'p') and has_table_privilege(r.rolname, c.oid, 'select, insert, update, delete, truncate'))
        or (c.relkind = 'S' and has_sequence_privilege(r.rolname, c.oid, 'usage, select, update')))`;
    expect(rights).toEqual([]);
    const functions = await sql`select p.proname from pg_proc p cross join pg_roles r
      where r.rolname in ('anon', 'authenticated') and p.pronamespace = 'relance'::regnamespace
        and has_function_privilege(r.rolname, p.oid, 'execute')`;
    expect(functions).toEqual([]);
  } finally {
    for (const role of ["anon", "authenticated"]) await sql.unsafe(`drop owned by ${role}`);
  }
});
