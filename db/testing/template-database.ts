// A migrated database made once per version of the migrations; every test clones it instead of migrating.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type postgres from "postgres";
import { migrate } from "#db/migrate.ts";
import { withDatabase } from "#db/testing/test-server.ts";

const templateLock = 7_312_102;
const prefix = "relance_template_";

/** The name of the template of the current migrations, which is built if this server has none yet. */
export async function ensureTemplate(serverUrl: string, sql: postgres.Sql): Promise<string> {
  const name = `${prefix}${hashOfMigrations()}`;
  await sql`select pg_advisory_lock(${templateLock})`;
  try {
    const [known] = await sql`select from pg_database where datname = ${name}`;
    if (!known) await build(name, serverUrl, sql);
    await sql.unsafe(`comment on database "${name}" is '${new Date().toISOString()}'`);
    await dropUnused(sql);
  } finally {
    await sql`select pg_advisory_unlock(${templateLock})`;
  }
  return name;
}

/** Built under another name, so that a run which dies meanwhile leaves no half-migrated template. */
async function build(name: string, serverUrl: string, sql: postgres.Sql): Promise<void> {
  const unfinished = `${name}_unfinished`;
  await sql.unsafe(`drop database if exists "${unfinished}" with (force)`);
  await sql.unsafe(`create database "${unfinished}" template template0`);
  await migrate(withDatabase(serverUrl, unfinished));
  await sql.unsafe(`alter database "${unfinished}" with allow_connections false`);
  await sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${unfinished}`;
  await sql.unsafe(`alter database "${unfinished}" rename to "${name}"`);
}

/** Other checkouts, and runs that began before the migrations changed, may still clone a template of another hash. */
async function dropUnused(sql: postgres.Sql): Promise<void> {
  const templates = await sql<{ name: string; usedAt: string | null }[]>`
    select datname as name, shobj_description(oid, 'pg_database') as "usedAt"
    from pg_database where starts_with(datname, ${prefix}) and not datallowconn`;
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString();
  for (const { name, usedAt } of templates) {
    if (usedAt && usedAt < yesterday) await sql.unsafe(`drop database if exists "${name}"`);
  }
}

/** Everything that decides what a migrated database looks like. */
function hashOfMigrations(): string {
  const hash = createHash("sha256");
  const migrations = fileURLToPath(new URL("../migrations", import.meta.url));
  const files = readdirSync(migrations, { recursive: true, encoding: "utf8" }).sort();
  const code = ["migrate.ts", "apply-migrations.ts"].map((name) => join(migrations, "..", name));
  for (const file of files.map((name) => join(migrations, name)).concat(code)) {
    if (statSync(file).isFile()) hash.update(file).update(readFileSync(file));
  }
  const queue = createRequire(import.meta.url).resolve("graphile-worker/package.json");
  return hash.update(readFileSync(queue)).digest("hex").slice(0, 12);
}
