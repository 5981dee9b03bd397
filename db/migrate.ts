// Brings a database to the current schema: an empty one, one of ours, or the previous system's.
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runDrizzleMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as runQueueMigrations } from "graphile-worker";
import pg from "pg";
import postgres from "postgres";
import { secured } from "#db/tls.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any constant will do, as long as every process that migrates takes the same. */
const lockKey = 7_312_001;

/** Migrates `url` (a direct or session-mode address). Processes that migrate at once wait for each other. */
export async function migrate(url: string): Promise<void> {
  const { url: address, ssl } = secured(url);
  const client = postgres(address, {
    ssl,
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { TimeZone: "UTC", application_name: "relance-migrate" },
  });
  const db = drizzle(client);
  try {
    await db.execute(`select pg_advisory_lock(${lockKey})`);
    // The default path looks first in a schema named like the user: `relance` is one of ours, and no place for tables.
    await db.execute("set search_path to public");
    await runDrizzleMigrations(db, { migrationsFolder });
    await migrateQueue({ connectionString: address, ssl });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function migrateQueue(options: pg.PoolConfig): Promise<void> {
  const pgPool = new pg.Pool({ ...options, max: 2 });
  try {
    await runQueueMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
}
