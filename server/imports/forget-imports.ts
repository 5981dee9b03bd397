import { eq, sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { type ImportSettings, imports } from "#db/schema/imports.ts";
import { importKeptDays } from "#server/domain/import-limits.ts";
import { forgetLines } from "#server/imports/outcome.ts";

const olderThan = (column: "created_at" | "finished_at", days: number) =>
  sql`${sql.raw(column)} < now() - ${days}::int * interval '1 day'`;

const isLeft = sql`(status in ('mapping', 'ready') and ${olderThan("created_at", importKeptDays.unfinished)})`;
/** What was taken back has nothing more to say; what failed can be tried again for as long as it can be finished. */
const isOver = sql`(not settings ? 'outcome' and (status = 'undone'
  or (status = 'failed' and ${olderThan("created_at", importKeptDays.unfinished)})
  or (status = 'done' and ${olderThan("finished_at", importKeptDays.finished)})))`;

/** Whether `forgetImport` has something to do, for the sweep. */
export const isImportToForget = sql`exists (select from imports where ${isLeft} or ${isOver})`;

/**
 * Deletes one import that was begun and left seven days ago; or the file and the lines of one that failed seven days ago
 * or was done thirty days ago, whose page goes on telling what it did. False: there is none.
 */
export async function forgetImport(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [found] = await queryRows<{ id: number; left: boolean; settings: ImportSettings }>(
      tx,
      sql`
      select id, ${isLeft} as left, settings from imports where ${isLeft} or ${isOver}
      order by id limit 1 for update skip locked`,
    );
    if (!found) return false;
    if (found.left) await tx.delete(imports).where(eq(imports.id, found.id));
    else await forgetLines(tx, found);
    return true;
  });
}
