// What Supabase adds to a PostgreSQL: roles that reach it over REST, and an owner who is no superuser.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { backUp } from "#db/backup/back-up.ts";
import { restore } from "#db/backup/restore.ts";
import { migrate } from "#db/migrate.ts";
import { blemishedDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase, type TestDatabase } from "#db/testing/test-database.ts";

const previousSystem = readFileSync(new URL("./testing/previous-system.sql", import.meta.url), "utf8");
const restRoles = ["anon", "authenticated"] as const;

/** Supabase's roles, and what whoever `sql` is gives them by default in the schema that is published. */
async function publish(sql: postgres.Sql): Promise<void> {
  for (const role of restRoles) {
    await sql.unsafe(`grant usage on schema public to ${role};
      alter default privileges in schema public grant all on tables to ${role};
      alter default privileges in schema public grant all on sequences to ${role};
      alter default privileges in schema public grant all on functions to ${role}`);
  }
}

async function makeRoles(sql: postgres.Sql): Promise<void> {
  for (const role of restRoles)
    await sql.unsafe(
      `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
  onTestFinished(async () => {
    for (const role of restRoles) await sql.unsafe(`drop owned by ${role}`);
  });
}

/** The previous system's database as it is published there. */
async function previousAtSupabase() {
  const { sql, url } = await emptyDatabase();
  await makeRoles(sql);
  await publish(sql);
  await sql.unsafe(previousSystem);
  await sql.unsafe("grant usage on schema auth to anon, authenticated");
  return { sql, url };
}

async function supabase() {
  const database = await previousAtSupabase();
  await migrate(database.url);
  return database;
}

const adminClaims = { role: "super_admin", user_id: 1 };

/** What a statement says, or how many rows it answers, to a role that comes over REST with the claims of its token. */
async function asRole(
  sql: postgres.Sql,
  role: string,
  statement: string,
  claims: object = adminClaims,
): Promise<string | number> {
  try {
    return await sql.begin(async (tx) => {
      await tx.unsafe(`set local role ${role}`);
      await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
      return (await tx.unsafe(statement)).count;
    });
  } catch (error) {
    return (error as Error).message;
  }
}

async function tablesOf(sql: postgres.Sql): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm')
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;
  return tables.map(({ name }) => name);
}

/** Whatever the policies would let those who sign in there see. */
async function expectShutOut(sql: postgres.Sql, tables: readonly string[]): Promise<void> {
  for (const role of restRoles) {
    for (const table of tables) {
      for (const statement of [
        `select * from ${table}`,
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        expect(await asRole(sql, role, statement), `${role}: ${statement}`).toMatch(/^permission denied/);
      }
    }
  }
}

test("the roles of Supabase's REST interface read and write nothing, whatever the previous policies allow", async () => {
  const { sql } = await supabase();
  const tables = await tablesOf(sql);
  expect(tables).toEqual(
    expect.arrayContaining([
      "public.contacts",
      "public.messages",
      "public.webhook_events",
      "graphile_worker._private_jobs",
      "drizzle.__drizzle_migrations",
    ]),
  );
  await expectShutOut(sql, tables);
});

test("whoever signed in there and saw their contacts sees none after the move, nor changes one", async () => {
  const { sql, url } = await previousAtSupabase();
  const admin = { role: "admin", user_id: 2 };
  const asked = (statement: string, claims: object) => asRole(sql, "authenticated", statement, claims);
  // so much the policies of the previous system allow
  expect(await asked("select id from contacts", admin)).toBe(2);
  expect(await asked("select id from contacts", { role: "admin", user_id: 1 })).toBe(0);
  expect(await asked("select id from contacts", adminClaims)).toBe(3);
  expect(await asked("update contacts set first_name = 'Zoé' where id = 1", admin)).toBe(1);
  await migrate(url);
  for (const claims of [admin, adminClaims]) {
    for (const statement of [
      "select id from contacts",
      "update contacts set first_name = 'Léa'",
      "delete from contacts",
      "select name from campaigns",
    ])
      expect(await asked(statement, claims), statement).toMatch(/^permission denied/);
  }
  expect(await sql`select first_name from contacts where id = 1`).toEqual([{ first_name: "Zoé" }]);
});

test("the functions behind the tables are not theirs to call, nor are the jobs", async () => {
  const { sql } = await supabase();
  const callable = await sql`
    select format('%I.%I', n.nspname, p.proname) as name, r.rolname as role
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join pg_roles r
    where r.rolname in ('anon', 'authenticated') and n.nspname in ('relance', 'graphile_worker')
      and has_schema_privilege(r.rolname, n.oid, 'usage') and has_function_privilege(r.rolname, p.oid, 'execute')`;
  expect(callable).toEqual([]);
  for (const role of restRoles)
    expect(await asRole(sql, role, "select graphile_worker.add_job('drain_sender')")).toMatch(
      /^permission denied/,
    );
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "relance-supabase-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The address of somebody who owns the database and all in it, and is no superuser: as on Supabase. */
async function ownerOf({ sql, url }: Pick<TestDatabase, "sql" | "url">): Promise<string> {
  const name = new URL(url).pathname.slice(1);
  const owner = `${name}_owner`;
  await sql.unsafe(`create role ${owner} login password 'of this test' nosuperuser`);
  await sql.unsafe(`alter database "${name}" owner to ${owner}; grant all on schema public to ${owner};
    do $$ declare one record; begin
      for one in select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r' loop
        execute format('alter table %s owner to ${owner}', one.name);
      end loop;
      for one in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'public'::regnamespace loop
        execute format('alter function %s owner to ${owner}', one.name);
      end loop; end $$`);
  onTestFinished(async () => {
    await sql.unsafe(`alter database "${name}" owner to current_user; reassign owned by ${owner} to current_user;
      drop owned by ${owner}; drop role ${owner}`);
  });
  return Object.assign(new URL(url), { username: owner, password: "of this test" }).href;
}

test("an owner who is no superuser migrates, and the roles of REST are shut out all the same", async () => {
  const database = await emptyDatabase();
  await makeRoles(database.sql);
  const asOwner = await ownerOf(database);
  const theirs = postgres(asOwner, { max: 1, onnotice: () => {} });
  try {
    await publish(theirs);
    await theirs`create table before_the_move ()`;
    expect(await asRole(database.sql, "anon", "select * from before_the_move")).toBe(0);
    await theirs`drop table before_the_move`;
    await migrate(asOwner);
    await migrate(asOwner);
    await expectShutOut(database.sql, await tablesOf(database.sql));
    await theirs`create table after_the_move ()`;
    await expectShutOut(database.sql, ["after_the_move"]);
    const [row] = await theirs`
      insert into contacts (full_number, phone_number, country_code) values ('+33639980000', '639980000', '33')
      returning relance.plain('Œuvre') as plain`;
    expect(row?.plain).toBe("oeuvre");
    await theirs`select graphile_worker.add_job('drain_sender', '{"senderId": 1}')`;
  } finally {
    await theirs.end();
  }
});

test("the extension of the search goes where Supabase has extensions, in a move, for an owner who is no superuser, and in a restore", async () => {
  const taken = await previousAtSupabase();
  const empty = await emptyDatabase();
  const restored = await emptyDatabase();
  for (const { sql } of [taken, empty, restored]) await sql`create schema extensions`;
  await migrate(taken.url);
  await empty.sql`grant usage, create on schema extensions to public`;
  await migrate(await ownerOf(empty));
  const file = join(newFolder(), "backup.gz");
  await backUp(taken.url, file);
  await restore(restored.url, file);
  for (const { sql } of [taken, empty, restored]) {
    const [found] = await sql`
      select n.nspname as schema, to_regclass('contacts_search') is not null as indexed
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`;
    expect(found).toEqual({ schema: "extensions", indexed: true });
  }
}, 60_000);

test("a table of an extension and one of somebody else's are left as they are, and hold nothing up", async () => {
  const database = await previousAtSupabase();
  const { sql } = database;
  const asOwner = await ownerOf(database);
  // as PostGIS leaves it in public, made by Supabase's own administrator
  await sql.unsafe(`create extension pg_trgm; create table spatial_ref_sys (srid integer);
    alter extension pg_trgm add table spatial_ref_sys;
    create table of_another (id serial); revoke all on of_another, of_another_id_seq from public`);
  expect(await migrate(asOwner)).toMatchObject({ found: "previous" });
  const left = await sql`select relname, relrowsecurity as secured from pg_class
    where relname in ('spatial_ref_sys', 'of_another', 'contacts', 'senders') order by 1`;
  expect(left).toEqual([
    { relname: "contacts", secured: true },
    { relname: "of_another", secured: false },
    { relname: "senders", secured: true },
    { relname: "spatial_ref_sys", secured: false },
  ]);
  const ours = (await tablesOf(sql)).filter((name) => !/spatial_ref_sys|of_another/.test(name));
  await expectShutOut(sql, ours);
});

test("an owner who is no superuser takes over, and backs up and restores what was taken over", async () => {
  const previous = await blemishedDatabase();
  const asOwner = await ownerOf(previous);
  expect(await migrate(asOwner)).toMatchObject({ found: "previous", takeover: { numbersInvalid: 5 } });
  const file = join(newFolder(), "backup.gz");
  const { rows } = await backUp(asOwner, file);
  expect((await restore(await ownerOf(await emptyDatabase()), file)).rows).toEqual(rows);
}, 60_000);
