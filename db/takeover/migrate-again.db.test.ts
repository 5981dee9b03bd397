// The move can be tried, stopped and begun again; a database that is not for us is left alone.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { migrate } from "#db/migrate.ts";
import { blemishedDatabase, previousDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase, type TestDatabase } from "#db/testing/test-database.ts";

type Sql = TestDatabase["sql"];

/** A moment of the test itself: what the previous system wrote has no fractions of a second. */
const moments = /"\d{4}-\d\d-\d\dT[\d:]+\.\d+(?:Z|\+00:00)?"/g;

/** Every row of every table that is there. */
async function contentOf(sql: Sql): Promise<Record<string, unknown[]>> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'drizzle') order by 1`;
  const content: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const rows = await sql.unsafe(`select to_jsonb(t) as row from ${name} t`);
    content[name] = rows.map(({ row }) => JSON.stringify(row).replaceAll(moments, "now")).toSorted();
  }
  return content;
}

const extras = (sql: Sql) => sql`
  select nspname from pg_namespace where nspname in ('relance', 'drizzle', 'graphile_worker')`;

test("migrated twice: the second time finds it is ours and changes nothing, whatever was done in between", async () => {
  const { sql, url } = await blemishedDatabase();
  expect(await migrate(url)).toMatchObject({
    found: "previous",
    applied: expect.arrayContaining(["0000_init"]),
  });
  await sql`update contacts set flag = null, full_number = '33 1 23' where id = 519`;
  await sql`update campaigns set status = 'sending', sent_count = 7 where id = 4`;
  const before = await contentOf(sql);
  expect(await migrate(url)).toEqual({ found: "ours", applied: [], takeover: null });
  expect(await contentOf(sql)).toEqual(before);
  const [mark] =
    await sql`select value -> 'numbersInvalid' as invalid from settings where key = 'taken_over'`;
  expect(mark?.invalid).toBe(5);
});

test("a dry run tells what the move will do, and nothing of it remains", async () => {
  const { sql, url } = await blemishedDatabase();
  const before = await contentOf(sql);
  const foretold = await migrate(url, { dryRun: true });
  expect(foretold.takeover).toMatchObject({ campaignsPaused: 5, numbersInvalid: 5, numbersTwice: 10 });
  expect(await contentOf(sql)).toEqual(before);
  expect(await extras(sql)).toEqual([]);
  expect(await migrate(url)).toEqual(foretold);
});

test("a dry run of an empty database leaves it empty, one of ours as it is", async () => {
  const { sql, url } = await emptyDatabase();
  const foretold = await migrate(url, { dryRun: true });
  expect(foretold).toMatchObject({ found: "empty", takeover: null });
  expect([...(await extras(sql)), ...Object.keys(await contentOf(sql))]).toEqual([]);
  expect(await migrate(url)).toEqual(foretold);
  expect(await migrate(url, { dryRun: true })).toMatchObject({ found: "ours", applied: [] });
});

/** A process that migrates, killed where it would make what another transaction is making as well. */
async function killedAt(made: string, { sql, url }: Pick<TestDatabase, "sql" | "url">): Promise<void> {
  const maker = await sql.reserve();
  await maker.unsafe(`begin; create ${made}`);
  const code = `import { migrate } from "./db/migrate.ts"; await migrate(process.env.MIGRATED_URL);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    env: { ...process.env, MIGRATED_URL: url, NODE_OPTIONS: "" },
    stdio: "ignore",
  });
  try {
    await vi.waitFor(
      async () => {
        const waiting = await sql`
          select from pg_stat_activity where datname = current_database() and application_name = 'relance-migrate'
            and wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(1);
      },
      { timeout: 20_000, interval: 50 },
    );
    child.kill("SIGKILL");
    await once(child, "exit");
  } finally {
    child.kill("SIGKILL");
    await maker.unsafe("rollback");
    maker.release();
  }
  await vi.waitFor(
    async () => {
      const left = await sql`
        select from pg_stat_activity where datname = current_database() and application_name = 'relance-migrate'`;
      expect(left).toHaveLength(0);
    },
    { timeout: 10_000, interval: 50 },
  );
}

test("killed in the middle, early and late, and run again: the same result as in one go", async () => {
  const whole = await blemishedDatabase();
  await migrate(whole.url);
  const stopped = await blemishedDatabase();
  const before = await contentOf(stopped.sql);
  // in the survey, in the first migration, in later ones
  for (const made of ["schema relance", "table senders ()", "table imports ()", "table quick_replies ()"]) {
    await killedAt(made, stopped);
    expect(await contentOf(stopped.sql), `killed at ${made}`).toEqual(before);
  }
  await migrate(stopped.url);
  const content = await contentOf(stopped.sql);
  for (const [table, rows] of Object.entries(await contentOf(whole.sql)))
    expect(content[table], table).toEqual(rows);
}, 120_000);

test("a page that goes on reading holds up the move, and the move holds up nobody meanwhile", async () => {
  const { sql, url } = await previousDatabase();
  const before = await contentOf(sql);
  const reader = await sql.reserve();
  await reader.unsafe("begin; select from messages limit 1");
  const move = migrate(url).then(
    () => "moved",
    (error: { code?: string }) => error.code,
  );
  // whoever else comes is served while the move waits
  await vi.waitFor(
    async () => {
      const [waiting] = await sql`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and application_name = 'relance-migrate' and query like 'lock table%'`;
      expect(waiting?.count).toBe(1);
      expect(
        await sql`select count(*)::int as count from messages m join contacts c on c.id = m.contact_id`,
      ).toEqual([{ count: 5 }]);
    },
    { timeout: 10_000, interval: 5 },
  );
  await reader.unsafe("rollback");
  reader.release();
  expect(await move).toBe("moved");
  expect((await contentOf(sql))["public.messages"]).toHaveLength(before["public.messages"]?.length ?? -1);
}, 60_000);

const foreign: [what: string, make: (sql: Sql) => Promise<unknown>, says: RegExp][] = [
  [
    "somebody else's tables",
    (sql) => sql.unsafe("create table articles (id serial); create view titles as select 1"),
    /ni vide, ni à Relance, ni celle de l'ancien système : elle contient articles, titles/,
  ],
  ["a single view", (sql) => sql.unsafe("create view titles as select 1"), /elle contient titles/],
  [
    "somebody else's migrations",
    (sql) =>
      sql.unsafe(`create schema drizzle; create table drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
        insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1)`),
    /migrations d'un autre logiciel/,
  ],
];

test.each(foreign)("a database with %s is refused in French, and left alone", async (_, make, says) => {
  const { sql, url } = await emptyDatabase();
  await make(sql);
  const before = await contentOf(sql);
  await expect(migrate(url)).rejects.toThrow(says);
  await expect(migrate(url, { dryRun: true })).rejects.toThrow(/rien n'a été changé/i);
  expect(await contentOf(sql)).toEqual(before);
});

const almost: [what: string, change: string, says: RegExp][] = [
  ["lacks a table", "drop table interactions", /la table interactions manque/],
  [
    "lacks a column",
    "alter table contacts drop column country_code",
    /la colonne contacts.country_code manque/,
  ],
  [
    "has a column of another type",
    "alter table campaigns alter column created_at type timestamptz",
    /campaigns.created_at est de type timestamptz au lieu de timestamp/,
  ],
  [
    "has a table of a name of ours",
    "create table sessions (sid text)",
    /la table sessions existe déjà, et elle n'est ni à l'un ni à l'autre/,
  ],
  [
    "lets a number belong to two",
    "alter table contacts drop constraint contacts_full_number_key",
    /contacts \(full_number\) n'est pas unique/,
  ],
];

test.each(almost)(
  "a database that resembles the previous one but %s is refused, and left alone",
  async (_, change, says) => {
    const { sql, url } = await previousDatabase();
    await sql.unsafe(change);
    const before = await contentOf(sql);
    await expect(migrate(url)).rejects.toThrow(says);
    expect(await contentOf(sql)).toEqual(before);
  },
);

test("tables beside the previous system's and extensions are no reason to refuse, and stay", async () => {
  const { sql, url } = await previousDatabase();
  await sql.unsafe(
    "create extension pg_stat_statements; create table notes (body text); insert into notes values ('x')",
  );
  expect(await migrate(url)).toMatchObject({ found: "previous" });
  expect(await sql`select body from notes`).toEqual([{ body: "x" }]);
});
