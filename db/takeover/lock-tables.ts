import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { previousTableNames } from "#db/takeover/previous-tables.ts";

/** Tables that somebody keeps busy for longer than this are waited for no more. */
export const lockMs = 20_000;

/**
 * All tables or none: who waits for one while holding another ends in a deadlock with the first page that joins the two,
 * and holds up every other page meanwhile. Throws what PostgreSQL says (55P03) when they stay busy.
 */
export async function lockTables(
  sql: postgres.TransactionSql,
  mode: "share row exclusive" | "access exclusive",
): Promise<void> {
  const until = performance.now() + lockMs;
  for (;;) {
    try {
      await sql.savepoint((attempt) =>
        attempt.unsafe(`lock table ${previousTableNames.join(", ")} in ${mode} mode nowait`),
      );
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "55P03" || performance.now() > until) throw error;
      await sleep(30);
    }
  }
}
