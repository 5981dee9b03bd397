// Whether the database has every migration this code was written for.
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
// imported, not read: in the built application there is no such file beside this one
import journal from "./migrations/meta/_journal.json" with { type: "json" };

/** Whether the newest migration has run; a newer database is fine too (its migrations only add). */
export async function isSchemaCurrent(db: Executor): Promise<boolean> {
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const [migrations] = await queryRows<{ name: string | null }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!migrations?.name) return false;
  const [last] = await queryRows<{ at: string | null }>(
    db,
    sql`select max(created_at) as at from drizzle.__drizzle_migrations`,
  );
  return Number(last?.at ?? 0) >= newest;
}
