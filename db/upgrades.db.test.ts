// Every state the schema has ever been in comes forward to the current one, rows and all (db/migrations/README.md).
import { expect, test } from "vitest";
import { applyMigrations, missingOf } from "#db/apply-migrations.ts";
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
    await applyMigrations(tx, await missingOf(tx, known));
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

const migrationOf = (tag: string): Migration => {
  const found = migrations.find((migration) => migration.tag === tag);
  if (!found) throw new Error(`no migration ${tag}`);
  return found;
};

test("0004: the answers before the mark of the activity are counted already, the others are not", async () => {
  const { sql, url } = await databaseAt(migrationOf("0003_lists"));
  await sql.unsafe(`${rows};
    insert into activity_mark (until) values ('2026-05-01 12:00+02');
    insert into interactions (contact_id, interaction_type, received_at) values
      (1, 'reply', '2026-05-01 09:59:59.999'), (2, 'reply', '2026-05-01 10:00'), (3, 'reply', null),
      (4, 'reaction', '2026-05-01 09:00')`);
  await migrate(url);
  expect(await sql`select contact_id as id, counted from interactions order by 1`).toEqual([
    { id: 1, counted: true },
    { id: 2, counted: false },
    { id: 3, counted: false },
    { id: 4, counted: false },
  ]);
});

test("0006: who answered before there was an inbox is in it, as of the last word, and read", async () => {
  const { sql, url } = await databaseAt(migrationOf("0005_inspector"));
  await sql.unsafe(`${rows};
    update contacts set last_inbound_at = '2026-05-02 10:00Z' where id in (1, 2, 5);
    insert into interactions (contact_id, interaction_type, received_at) values
      (1, 'reply', '2026-05-01 10:00'), (2, 'reaction', '2026-05-03 10:00'), (3, 'reply', '2026-05-04 10:00'),
      (3, 'reply', '2026-05-01 10:00'), (3, 'read', '2026-05-05 10:00'), (4, 'delivered', '2026-05-01 10:00')`);
  await migrate(url);
  const conversations = await sql`
    select id, (conversed_at at time zone 'UTC')::date::text as day, inbound_read_at = conversed_at as read
    from contacts where conversed_at is not null or inbound_read_at is not null order by id`;
  expect(conversations).toEqual([
    { id: 1, day: "2026-05-02", read: true },
    { id: 2, day: "2026-05-03", read: true },
    { id: 3, day: "2026-05-04", read: true },
    { id: 5, day: "2026-05-02", read: true },
  ]);
});

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
