// Brings a database to the current schema: an empty one, one of ours, or the previous system's.
import { runMigrations as runQueueMigrations } from "graphile-worker";
import pg from "pg";
import postgres from "postgres";
import { applyMigrations, missingOf } from "#db/apply-migrations.ts";
import { patiently, refuseBesideWorkers } from "#db/locks.ts";
import { type Migration, readMigrations, tablesOf } from "#db/migration-files.ts";
import { placeExtension } from "#db/place-extension.ts";
import { type DatabaseKind, recognise } from "#db/takeover/recognise.ts";
import { survey } from "#db/takeover/survey.ts";
import { type TakeoverReport, takeOver } from "#db/takeover/take-over.ts";
import { secured } from "#db/tls.ts";

/** Any constant will do, as long as every process that migrates takes the same. */
export const migrationLock = 7_312_001;

export type MigrationReport = {
  /** what the database was */
  found: DatabaseKind;
  /** names of the migrations it did not have */
  applied: string[];
  /** null unless it was the previous system's */
  takeover: TakeoverReport | null;
};

export type MigrateOptions = {
  /** finds out what would happen, and leaves everything as it is */
  dryRun?: boolean;
  /** whose days the dashboard shows (TZ_DISPLAY), for what the previous system sent */
  timeZone?: string;
};

/**
 * Migrates `url` (a direct or session-mode address). Everything is one transaction, the queue's own tables excepted:
 * stopped at any moment, it can be begun again. Processes that migrate at once wait for each other. Throws
 * DatabaseRefused, having changed nothing, where the database is another's or a worker still works on it, and what
 * PostgreSQL says (55P03) where a table stays locked.
 */
export async function migrate(
  url: string,
  { dryRun = false, timeZone = "Europe/Paris" }: MigrateOptions = {},
): Promise<MigrationReport> {
  const { url: address, ssl } = secured(url);
  const client = postgres(address, {
    ssl,
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { TimeZone: "UTC", application_name: "relance-migrate" },
  });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    const report = dryRun
      ? await rolledBack(client, (sql) => bringUp(sql, readMigrations(), timeZone))
      : await client.begin((sql) => bringUp(sql, readMigrations(), timeZone));
    if (dryRun) return report;
    // the old statistics know nothing of the new columns
    if (report.takeover) await client`analyze`;
    await migrateQueue({ connectionString: address, ssl });
    return report;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Brings the queue's own tables to its current version. */
export async function migrateQueue(options: pg.PoolConfig): Promise<void> {
  const pgPool = new pg.Pool({ ...options, max: 2 });
  // a connection lost between two queries: the next query fails, and tells
  const lost = () => {};
  pgPool.on("error", lost);
  pgPool.on("connect", (client) => client.on("error", lost));
  try {
    await runQueueMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
}

async function bringUp(
  sql: postgres.TransactionSql,
  migrations: readonly Migration[],
  timeZone: string,
): Promise<MigrationReport> {
  await sql`set local statement_timeout = 0`;
  await sql`set local idle_in_transaction_session_timeout = 0`;
  // The default path looks first in a schema named like the user: `relance` is one of ours, and no place for tables.
  await sql`set local search_path to public`;
  const found = await recognise(sql, tablesOf(migrations));
  await placeExtension(sql);
  const surveyed = found === "previous" ? await survey(sql, migrations, timeZone) : null;
  const missing = await missingOf(sql, migrations);
  if (found === "ours" && missing.length > 0) await refuseBesideWorkers(sql);
  const applied =
    found === "ours"
      ? await patiently(sql, (attempt) => applyMigrations(attempt, missing))
      : await applyMigrations(sql, missing);
  return { found, applied, takeover: surveyed && (await takeOver(sql, surveyed)) };
}

class RolledBack extends Error {}

async function rolledBack<Result>(
  client: postgres.Sql,
  work: (sql: postgres.TransactionSql) => Promise<Result>,
): Promise<Result> {
  let result: { is: Result } | undefined;
  try {
    await client.begin(async (sql) => {
      result = { is: await work(sql) };
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  if (!result) throw new Error("rolled back before it was done");
  return result.is;
}
