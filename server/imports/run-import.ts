import { eq, sql } from "drizzle-orm";
import { type Database, queryRows, type Transaction } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { lockImport } from "#server/imports/find-import.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Which = { user: SignedInUser; id: number };

const batchSize = 5_000;

/** Has the lines that are not refused made contacts by a job. AppErrors import.not_found, import.wrong_status. */
export async function startImport(db: Database, { user, id }: Which): Promise<void> {
  await db.transaction(async (tx) => {
    await lockImport(tx, { user, id }, ["ready"]);
    await tx.update(imports).set({ status: "importing" }).where(eq(imports.id, id));
    await enqueue(tx, "run_import", { importId: id });
  });
}

/**
 * Makes the contacts, a batch a transaction: run again after a crash it goes on where it stopped, since a line that has
 * its contact is done. Another admin may have taken a number since the dry run: that line is refused then.
 */
export async function runImport(db: Database, importId: number): Promise<void> {
  for (;;) {
    const done = await db.transaction(async (tx) => {
      const [found] = await tx.select().from(imports).where(eq(imports.id, importId)).for("update");
      if (found?.status !== "importing") return true;
      const made = await importBatch(tx, importId, found.createdBy);
      await tx
        .update(imports)
        .set({ imported: sql`${imports.imported} + ${made}` })
        .where(eq(imports.id, importId));
      if (made > 0) return false;
      await addCategories(tx, importId, found.settings.categoryIds);
      await tx
        .update(imports)
        .set({ status: "done", file: null, finishedAt: sql`now()` })
        .where(eq(imports.id, importId));
      return true;
    });
    if (done) return;
  }
}

/** Returns how many lines it settled; 0: none is left. A deleted contact comes back, as by hand (create-contact.ts). */
async function importBatch(tx: Transaction, importId: number, owner: number | null): Promise<number> {
  const [settled] = await queryRows<{ count: number }>(
    tx,
    sql`
    with batch as (
      select line, full_number, country_code, national_number, first_name, last_name from import_rows
      where import_id = ${importId} and verdict in ('accepted', 'repaired') and contact_id is null
      order by line limit ${batchSize}
    ), made as (
      insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by, import_id)
      select national_number, country_code, full_number, first_name, last_name, ${owner}::int, ${importId}::int
      from batch order by full_number
      on conflict (full_number) do update set deleted_at = null, flag = null, created_by = excluded.created_by,
        first_name = excluded.first_name, last_name = excluded.last_name, import_id = excluded.import_id,
        created_at = current_timestamp
      where contacts.deleted_at is not null
      returning id, full_number, first_name, last_name
    ), noted as (
      insert into contact_changes (contact_id, user_id, action, after)
      select id, ${owner}::int, 'created', jsonb_build_object('fullNumber', full_number, 'firstName', first_name,
        'lastName', last_name)
      from made
    ), settled as (
      update import_rows r set contact_id = m.id,
        verdict = case when m.id is null then 'refused' else r.verdict end,
        reason = case when m.id is null then 'managed_by_other' else r.reason end
      from batch b left join made m on m.full_number = b.full_number
      where r.import_id = ${importId} and r.line = b.line
      returning 1)
    select count(*)::int as count from settled`,
  );
  return settled?.count ?? 0;
}

/** To all contacts of the import, also to those that were there. */
async function addCategories(
  tx: Transaction,
  importId: number,
  categoryIds: readonly number[],
): Promise<void> {
  if (categoryIds.length === 0) return;
  await tx.execute(sql`
    insert into category_contacts (category_id, contact_id)
    select k.id, r.contact_id from categories k
    join import_rows r on r.import_id = ${importId} and r.contact_id is not null
    where k.id in ${categoryIds}
    on conflict do nothing`);
}
