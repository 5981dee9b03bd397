// The dry run: every line of the file read, and compared with the other lines and with the contacts there are.
import { and, eq, sql } from "drizzle-orm";
import type { Database, Executor, Transaction } from "#db/client.ts";
import { type ImportSettings, imports } from "#db/schema/imports.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import type { CsvLine } from "#server/imports/csv.ts";
import { importColumns } from "#server/imports/find-import.ts";
import { readLines } from "#server/imports/read-lines.ts";
import { storable } from "#server/webhooks/storable.ts";

/** Few enough that the sending beside it never waits for their numbers to be read. */
const batchSize = 500;

/**
 * Stages the lines with their verdicts; the import is `ready` then. Begins anew when it is run again, and stops when the
 * columns were chosen anew meanwhile.
 */
export async function checkImport(db: Database, importId: number): Promise<void> {
  const [found] = await db.select(importColumns).from(imports).where(eq(imports.id, importId));
  if (found?.status !== "checking") return;
  const { settings, createdBy } = found;
  const choice = { importId, settings };
  let total = 0;
  for await (const lines of readLines(db, choice)) total += lines.length;
  const begun = await ifStillChosen(db, choice, async (tx) => {
    await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
    await tx.update(imports).set({ total, checked: 0 }).where(eq(imports.id, importId));
  });
  if (!begun) return;
  let checked = 0;
  for await (const lines of readLines(db, choice)) {
    for (let from = 0; from < lines.length; from += batchSize) {
      const batch = lines.slice(from, from + batchSize);
      checked += batch.length;
      const staged = await ifStillChosen(db, choice, async (tx) => {
        await stage(tx, choice, batch);
        await tx.update(imports).set({ checked }).where(eq(imports.id, importId));
      });
      if (!staged) return;
    }
  }
  // Until it is told, the planner takes a new import for a few lines, and compares each with each.
  await db.execute(sql`analyze import_rows`);
  await ifStillChosen(db, choice, async (tx) => {
    await judge(tx, { importId, owner: createdBy });
    // Not all are there when a second run of this job has begun anew: that one comes to the end.
    await tx
      .update(imports)
      .set({ status: "ready" })
      .where(
        and(
          eq(imports.id, importId),
          sql`${imports.total} = (select count(*) from import_rows r where r.import_id = ${importId})`,
        ),
      );
  });
}

type Choice = { importId: number; settings: ImportSettings };

/** Works with the import locked; false: the admin has chosen other columns meanwhile, or somebody came to the end. */
async function ifStillChosen(
  db: Database,
  { importId, settings }: Choice,
  work: (tx: Transaction) => Promise<void>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [still] = await tx
      .select({ id: imports.id })
      .from(imports)
      .where(
        and(
          eq(imports.id, importId),
          eq(imports.status, "checking"),
          sql`${imports.settings} = ${JSON.stringify(settings)}::jsonb`,
        ),
      )
      .for("update");
    if (still) await work(tx);
    return still !== undefined;
  });
}

async function stage(tx: Transaction, { importId, settings }: Choice, batch: readonly CsvLine[]) {
  const rows = batch.map(({ row, cells: raw, isOpen }) => {
    // A cell longer than any of ours is cut, and refused for its length.
    const cells = raw.slice(0, 50).map((cell) => storable(cell.slice(0, 1000)));
    const line = readImportLine(cells, settings.columns, settings.country);
    const reason = isOpen ? "open_quote" : line.reason;
    return {
      line: row,
      cells,
      verdict: reason ? "refused" : line.repaired ? "repaired" : "accepted",
      reason,
      full_number: line.phone?.e164 ?? null,
      country_code: line.phone?.countryCode ?? null,
      national_number: line.phone?.nationalNumber ?? null,
      first_name: line.firstName,
      last_name: line.lastName,
    };
  });
  await tx.execute(sql`
    insert into import_rows (import_id, line, cells, verdict, reason, full_number, country_code, national_number,
      first_name, last_name)
    select ${importId}::int, r.line, r.cells, r.verdict, r.reason, r.full_number, r.country_code, r.national_number,
      r.first_name, r.last_name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, cells text[], verdict text, reason text,
      full_number text, country_code text, national_number text, first_name text, last_name text)
    on conflict do nothing`);
}

type Judged = { importId: number; owner: number | null; numbers?: readonly string[] };

/**
 * What the lines cannot tell by themselves: a number that an earlier line has, or a contact. `owner` is the importing
 * admin; a contact of somebody else stays theirs, a deleted one may come back. With `numbers`, of those lines only.
 */
export async function judge(db: Executor, { importId, owner, numbers }: Judged): Promise<void> {
  const concerned = numbers ? sql`and r.full_number in ${numbers}` : sql``;
  await db.execute(sql`
    update import_rows set verdict = 'refused', reason = 'duplicate_in_file' from (
      select r.line, row_number() over (partition by r.full_number order by r.line) as nr from import_rows r
      where r.import_id = ${importId} ${concerned} and r.verdict in ('accepted', 'repaired', 'known')) again
    where import_id = ${importId} and import_rows.line = again.line and again.nr > 1
      and verdict in ('accepted', 'repaired')`);
  await db.execute(sql`
    update import_rows r set
      verdict = case when c.created_by is not distinct from ${owner}::int then 'known' else 'refused' end,
      reason = case when c.created_by is not distinct from ${owner}::int then null else 'managed_by_other' end,
      contact_id = case when c.created_by is not distinct from ${owner}::int then c.id end
    from contacts c
    where r.import_id = ${importId} ${concerned} and r.verdict in ('accepted', 'repaired')
      and c.full_number = r.full_number and c.deleted_at is null`);
}
