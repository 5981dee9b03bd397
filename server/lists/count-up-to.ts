import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

/** Further than this nobody counts with their eyes, and the database need not either. */
export const countedUpTo = 1000;

type Total = { total: number; totalIsMore: boolean };

/** How many rows a query has (`select … from … where …`, without a limit), counted up to `most`. */
export async function countUpTo(db: Executor, query: SQL, most: number = countedUpTo): Promise<Total> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from (${query} limit ${most + 1}) counted`,
  );
  const count = row?.count ?? 0;
  return { total: Math.min(count, most), totalIsMore: count > most };
}
