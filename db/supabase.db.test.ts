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

/** The previous system's database with Supabase's roles and what those may do there by default, migrated. */
async function supabase() {
  const { sql, url } = await emptyDatabase();
  for (const role of restRoles) {
    await sql.unsafe(
      `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
    await sql.unsafe(`grant usage on schema public to ${role};
      alter default privileges in schema public grant all on tables to ${role};
      alter default privileges in schema public grant all on sequences to ${role};
      alter default privileges in schema public grant all on functions to ${role}`);
  }
  onTestFinished(async () => {
    for (const role of restRoles) await sql.unsafe(`drop owned by ${role}`);
  });
  await sql.unsafe(previousSystem);
  await sql.unsafe("grant usage on schema auth to anon, authenticated");
  await migrate(url);
  return { sql, url };
}

/** What a statement says to a role that comes over REST, with the claims the previous policies look at. */
async function asRole(sql: postgres.Sql, role: string, statement: string): Promise<string> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(`set local role ${role}`);
      await tx`select set_config('request.jwt.claims', '{"role": "super_admin", "user_id": 1}', true)`;
      await tx.unsafe(statement);
      throw new Error("allowed");
    });
    return "allowed";
  } catch (error) {
    return (error as Error).message;
  }
}

test("the roles of Supabase's REST interface read and write nothing, whatever the previous policies allow", async () => {
  const { sql } = await supabase();
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm')
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;
  const names = tables.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "public.contacts",
      "public.messages",
      "public.webhook_events",
      "graphile_worker._private_jobs",
      "drizzle.__drizzle_migrations",
    ]),
  );
  for (const role of restRoles) {
    for (const table of names) {
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

/** The address of somebody who owns the database and all in it, and is no superuser: as on Supabase. */
async function ownerOf({ sql, url }: TestDatabase): Promise<string> {
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
  const asOwner = await ownerOf(await emptyDatabase());
  await migrate(asOwner);
  await migrate(asOwner);
  const theirs = postgres(asOwner, { max: 1, onnotice: () => {} });
  try {
    const [row] = await theirs`
      insert into contacts (full_number, phone_number, country_code) values ('+33639980000', '639980000', '33')
      returning relance.plain('Œuvre') as plain`;
    expect(row?.plain).toBe("oeuvre");
    await theirs`select graphile_worker.add_job('drain_sender', '{"senderId": 1}')`;
  } finally {
    await theirs.end();
  }
});

test("an owner who is no superuser takes over, and backs up and restores what was taken over", async () => {
  const previous = await blemishedDatabase();
  const asOwner = await ownerOf(previous);
  expect(await migrate(asOwner)).toMatchObject({ found: "previous", takeover: { numbersInvalid: 5 } });
  const folder = mkdtempSync(join(tmpdir(), "relance-owner-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "backup.gz");
  const { rows } = await backUp(asOwner, file);
  expect((await restore(await ownerOf(await emptyDatabase()), file)).rows).toEqual(rows);
}, 60_000);
