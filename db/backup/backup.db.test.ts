// A backup and what is restored from it: the same rows, the same database, and all or nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { backUp } from "#db/backup/back-up.ts";
import { BackupRefused } from "#db/backup/format.ts";
import { restore } from "#db/backup/restore.ts";
import { migrate } from "#db/migrate.ts";
import { demoAdmin, seedDemo } from "#db/seed/demo.ts";
import { blemishedDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase, type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { accepted, answer, claimNext, makeSenderEnv, makeSid } from "#server/testing/engine.ts";
import { makeContact, makeLaunched } from "#server/testing/factories.ts";
import { authenticate } from "#server/users/authenticate.ts";

type Sql = TestDatabase["sql"];

const folder = mkdtempSync(join(tmpdir(), "relance-backup-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => {
  files += 1;
  return join(folder, `backup-${files}.gz`);
};

/** Every row of every table, as PostgreSQL writes it. */
async function rowsOf(sql: Sql): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string; columns: string }[]>`
    select format('%I.%I', table_schema, table_name) as name, string_agg(format('%I::text', column_name), ',' order by column_name) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema in ('public', 'relance', 'graphile_worker') and table_type = 'BASE TABLE'
      and (table_schema, table_name) <> ('graphile_worker', 'migrations') group by 1`;
  const rows: Record<string, string[]> = {};
  for (const { name, columns } of tables) {
    const found = await sql.unsafe(`select row(${columns})::text as row from ${name} order by 1`);
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

const shapeOf = async (sql: Sql) => ({
  triggers: [
    ...(await sql`select tgrelid::regclass::text as on, tgname, tgenabled, pg_get_triggerdef(oid) as says from pg_trigger
      where not tgisinternal order by 1, 2`),
  ],
  sequences: [...(await sql`select schemaname, sequencename, last_value from pg_sequences order by 1, 2`)],
  migrations: [...(await sql`select hash, created_at from drizzle.__drizzle_migrations order by created_at`)],
});

/** The demo story, and what people made of it: every odd character, a campaign on its way, jobs that wait. */
async function livelyDatabase() {
  const database = await testDatabase();
  const { db, sql } = database;
  await seedDemo(db);
  await makeContact(db, {
    firstName: "Retour\\n\tchariot\\",
    lastName: "\\.\nsuite\r\n\\N",
    fullNumber: "+33639981111",
  });
  const { senderId, campaignId } = await makeLaunched(db, 30, {}, makeSenderEnv());
  const claim = await claimNext(db, senderId);
  await answer(db, { ...claim, senderId }, accepted(makeSid()));
  await claimNext(db, senderId);
  await db.transaction((tx) => enqueue(tx, "drain_sender", { senderId }));
  await sql`insert into imports (status, settings, file) values ('done', '{"a": [1, "é"]}', '\\x00ff0a5c2e0a')`;
  return { ...database, campaignId, senderId };
}

test("[EX-8.5] a backup of the demo put into an empty database is the same, row by row, and goes on", async () => {
  const origin = await livelyDatabase();
  const file = newFile();
  const { rows, leftOut } = await backUp(origin.url, file);
  expect(leftOut).toEqual([]);
  const target = await emptyDatabase();
  const report = await restore(target.url, file);
  expect(report.rows).toEqual(rows);
  const before = await rowsOf(origin.sql);
  expect(before["public.messages"]).toHaveLength(30);
  expect(before["graphile_worker._private_jobs"]?.length).toBeGreaterThan(0);
  expect(await rowsOf(target.sql)).toEqual(before);
  expect(await shapeOf(target.sql)).toEqual(await shapeOf(origin.sql));

  expect(await authenticate(target.db, { ...demoAdmin, ip: "192.0.2.1" })).toMatchObject({
    role: "super_admin",
  });
  // sequences go on, triggers count, and the engine takes the next one
  const [last] = await origin.sql`select max(id)::int as id from contacts`;
  expect(await makeContact(target.db)).toBeGreaterThan(last?.id);
  const [counts] =
    await target.sql`select sum(contacts)::int as counted, (select count(*)::int from contacts) as there
    from contact_counts`;
  expect(counts?.counted).toBe(counts?.there);
  const claim = await claimNext(target.db, origin.senderId);
  await answer(target.db, { ...claim, senderId: origin.senderId }, accepted(makeSid()));
  const [campaign] = await target.sql`select sent_count from campaigns where id = ${origin.campaignId}`;
  expect(campaign?.sent_count).toBe(2);
  expect(await migrate(target.url)).toMatchObject({ found: "ours", applied: [] });
});

test("a database that was taken over comes back the same; tables beside ours are named and left out", async () => {
  const origin = await blemishedDatabase();
  await origin.sql.unsafe("create table notes (body text)");
  await migrate(origin.url);
  const file = newFile();
  expect((await backUp(origin.url, file)).leftOut).toEqual(["public.notes"]);
  const target = await emptyDatabase();
  await restore(target.url, file);
  const { "public.notes": _, ...kept } = await rowsOf(origin.sql);
  expect(await rowsOf(target.sql)).toEqual(kept);
});

test("a backup is of one moment: what is written meanwhile is in it as a whole or not at all", async () => {
  const { sql, url, db } = await testDatabase();
  await sql`insert into contacts (phone_number, country_code, full_number)
    select n::text, '+33', '+3361' || lpad(n::text, 7, '0') from generate_series(1, 3000) n`;
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n += 1) {
      await sql.begin(async (tx) => {
        const [made] = await tx`insert into contacts (phone_number, country_code, full_number)
          values ('1', '+33', ${`+3362${String(n).padStart(7, "0")}`}) returning id`;
        await tx`insert into contact_changes (contact_id, action) values (${made?.id}, 'created')`;
      });
    }
  })();
  const file = newFile();
  await backUp(url, file).finally(() => {
    writing = false;
  });
  await writer;
  const target = await emptyDatabase();
  const { rows } = await restore(target.url, file);
  expect(rows["public.contacts"]).toBe(3000 + (rows["public.contact_changes"] ?? 0));
  expect(await makeContact(db)).toBeGreaterThan(3000);
});

test("only an empty database is restored into; one that holds anything stays as it is", async () => {
  const { url } = await testDatabase();
  const file = newFile();
  await backUp(url, file);
  const ours = await testDatabase();
  const others = await emptyDatabase();
  await others.sql`create table articles (id serial)`;
  for (const target of [ours, others]) {
    const before = await rowsOf(target.sql);
    await expect(restore(target.url, file)).rejects.toThrow(/La base n'est pas vide/);
    expect(await rowsOf(target.sql)).toEqual(before);
  }
});

/** The file with its text changed. */
function altered(file: string, change: (text: string) => string): string {
  const to = newFile();
  writeFileSync(to, gzipSync(change(gunzipSync(readFileSync(file)).toString())));
  return to;
}

test("a file that is cut off, damaged or of newer code is refused, and the database stays empty", async () => {
  const { url, sql } = await testDatabase();
  await sql`insert into settings (key, value) select 'k' || n, to_jsonb(md5(n::text)) from generate_series(1, 2000) n`;
  const file = newFile();
  await backUp(url, file);
  const whole = readFileSync(file);
  const cut = newFile();
  writeFileSync(cut, whole.subarray(0, whole.length / 2));
  const damaged = newFile();
  const bytes = Buffer.from(whole);
  bytes[bytes.length - 6] = (bytes[bytes.length - 6] as number) ^ 0xff;
  writeFileSync(damaged, bytes);
  const plain = newFile();
  writeFileSync(plain, "bonjour");
  const wrong = [
    cut,
    damaged,
    plain,
    altered(file, (text) => text.replace(/\{"end":true[\s\S]*$/, "")),
    altered(file, (text) => text.replace(/^k7\t.*\n/m, "")),
    altered(file, (text) => text.replace('"version":1', '"version":2')),
    altered(file, (text) => text.replace(/"hash":"[0-9a-f]{10}/, '"hash":"0000000000')),
    altered(file, (text) => text.replace('"table":"settings"', '"table":"reglages"')),
  ];
  const target = await emptyDatabase();
  for (const one of wrong) {
    await expect(restore(target.url, one), one).rejects.toThrow(BackupRefused);
    expect(await target.sql`select from pg_tables where schemaname in ('public', 'drizzle')`).toEqual([]);
  }
  await restore(target.url, file);
  const [settings] = await target.sql`select count(*)::int as count from settings`;
  expect(settings?.count).toBe(2000);
}, 120_000);

test("nothing is written over, a database that is not ours gives no backup, and no half file is left", async () => {
  const { url } = await testDatabase();
  const file = newFile();
  await backUp(url, file);
  const before = readFileSync(file);
  await expect(backUp(url, file)).rejects.toThrow("EEXIST");
  expect(readFileSync(file).equals(before)).toBe(true);
  const other = await emptyDatabase();
  await expect(backUp(other.url, newFile())).rejects.toThrow(BackupRefused);
  expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
});
