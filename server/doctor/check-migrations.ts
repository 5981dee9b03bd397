import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { isSchemaCurrent } from "#db/schema-version.ts";
import { type Finding, green, red } from "#server/doctor/views.ts";

/** Whether every migration this version needs has run. */
export async function checkMigrations(db: Database): Promise<Finding> {
  if (await isSchemaCurrent(db)) return green();
  const [found] = await queryRows<{ migrated: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as migrated`,
  );
  return red(found?.migrated ? "behind" : "never");
}
