// Every state the schema has ever been in comes forward to the current one, rows and all (db/migrations/README.md).
import { expect, test } from "vitest";
import { applyMigrations } from "#db/apply-migrations.ts";
import { migrate } from "#db/migrate.ts";
import { type Migration, readMigrations } from "#db/migration-files.ts";
import { catalogueOf } from "#db/testing/catalogue.ts";
import { blemishedDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase, testDatabase } from "#db/testing/test-database.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";

const migrations = readMigrations();

/** A database as it was when `last` was the newest migration. */
async function databaseAt(last: Migration) {
  const database = await emptyDatabase();
  const known = migrations.slice(0, migrations.indexOf(last) + 1);
  await database.sql.begin(async (tx) => {
    await tx`set local search_path to public`;
    await applyMigrations(tx, known);
  });
  return database;
}

/** What could be written at any of them, in columns that all of them have. */
const rows = `
  insert into users (email, password_hash, role) values ('a@exemple.fr', 'x', 'admin');
  insert into contacts (phone_number, country_code, full_number, created_by, opted_out_at)
    select '1', '+33', '+3361' || lpad(n::text, 7, '0'), 1, case n % 5 when 0 then now() end from generate_series(1, 20) n;
  insert into campaigns (name, message_1, message_2, status, total_recipients, sent_count, success_count, delivered_count,
    read_count, failed_count, created_by) values ('Une', 'Bonjour', 'Merci', 'completed', 20, 15, 10, 10, 5, 5, 1);
  alter table messages disable trigger user;
  insert into messages (campaign_id, contact_id, message_type, content, status)
    select 1, n, 'message_1', 'Bonjour', (array['sent', 'delivered', 'read', 'failed'])[1 + n % 4] from generate_series(1, 20) n;
  alter table messages enable trigger user`;

test.each(migrations)("the schema of $tag is what it was, to the letter", async (migration) => {
  const { sql } = await databaseAt(migration);
  await expect(await catalogueOf(sql)).toMatchFileSnapshot(`./testing/fixtures/${migration.tag}.txt`);
});

test.each(migrations.slice(0, -1))(
  "$tag comes forward to the schema of an empty database migrated",
  async (migration) => {
    const { sql, url, db } = await databaseAt(migration);
    await sql.unsafe(rows);
    const kept = await sql`select id, contact_id, status from messages order by id`;
    const report = await migrate(url);
    expect(report).toMatchObject({ found: "ours", takeover: null });
    expect(report.applied).toEqual(migrations.slice(migrations.indexOf(migration) + 1).map(({ tag }) => tag));
    const fresh = await testDatabase();
    expect(await catalogueOf(sql)).toBe(await catalogueOf(fresh.sql));
    expect(await sql`select id, contact_id, status from messages order by id`).toEqual(kept);
    expect((await proveLedger(db, { campaignId: null })).checks.filter(({ broken }) => broken > 0)).toEqual(
      [],
    );
    const [counts] = await sql`select contacts, active from contact_counts where owner_id = 1`;
    expect(counts).toEqual({ contacts: 20, active: 16 });
  },
);

test("a stranger's STOP of before is heeded from 0008 on, unless they wrote START since", async () => {
  const { sql, url } = await databaseAt(migrations.find(({ tag }) => tag === "0007_membership") as Migration);
  await sql`insert into unknown_senders (address) select 'whatsapp:+3363911' || n from generate_series(1001, 1003) n`;
  await sql`insert into unknown_sender_messages (unknown_sender_id, inbound_sid, content, received_at) values
    (1, 'SM1', 'Arrêt !', '2025-05-01Z'), (1, 'SM2', 'Merci', '2025-05-02Z'),
    (2, 'SM3', 'STOP', '2025-05-01Z'), (2, 'SM4', 'Start', '2025-05-02Z'), (3, 'SM5', 'Ne vous arrêtez pas', '2025-05-01Z')`;
  await migrate(url);
  expect(await sql`select id, opted_out_at from unknown_senders order by id`).toEqual([
    { id: 1, opted_out_at: new Date("2025-05-01Z") },
    { id: 2, opted_out_at: null },
    { id: 3, opted_out_at: null },
  ]);
});

test("the previous system's database has, once taken over, all an empty one has, its own names apart", async () => {
  const previous = await blemishedDatabase();
  await migrate(previous.url);
  const fresh = await testDatabase();
  const nameless = async (sql: typeof fresh.sql) =>
    (await catalogueOf(sql))
      .replaceAll(/^(constraint \S+) \S+/gm, "$1")
      .replaceAll(/^(index) \S+ (CREATE (?:UNIQUE )?INDEX) \S+/gm, "$1 $2")
      .replaceAll(/^(trigger .*CREATE TRIGGER) \S+/gm, "$1")
      .split("\n");
  const taken = new Set(await nameless(previous.sql));
  expect((await nameless(fresh.sql)).filter((line) => !taken.has(line))).toEqual([]);
});
