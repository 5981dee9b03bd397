import { eq, sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { lockImport } from "#server/imports/find-import.ts";
import { forgetLines } from "#server/imports/outcome.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Which = { user: SignedInUser; id: number };

/**
 * Takes back the contacts an import made, but for those that have a message, an answer or an opt-out by now, and deletes
 * its lines.
 * Contacts that were there before stay, with their categories. One that failed half-way can be taken back too. Returns how
 * many went and how many stay. AppErrors import.not_found, import.wrong_status.
 */
export async function undoImport(
  db: Database,
  { user, id }: Which,
): Promise<{ removed: number; kept: number }> {
  return db.transaction(async (tx) => {
    const found = await lockImport(tx, { user, id }, ["done", "failed"]);
    const [gone] = await queryRows<{ removed: number }>(
      tx,
      sql`
      with mine as (
        select id from contacts c where c.import_id = ${id} and c.deleted_at is null and c.opted_out_at is null
          and not exists (select from messages m where m.contact_id = c.id)
          and not exists (select from interactions i where i.contact_id = c.id)
        order by id for update
      ), removed as (delete from contacts c using mine where c.id = mine.id returning 1)
      select count(*)::int as removed from removed`,
    );
    const [left] = await queryRows<{ kept: number }>(
      tx,
      sql`select count(*)::int as kept from contacts where import_id = ${id} and deleted_at is null`,
    );
    await tx.update(imports).set({ status: "undone", finishedAt: sql`now()` }).where(eq(imports.id, id));
    const takenBack = { removed: gone?.removed ?? 0, kept: left?.kept ?? 0 };
    await forgetLines(tx, found, takenBack);
    return takenBack;
  });
}
