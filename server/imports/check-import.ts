// The dry run: every line of the file read, and compared with the other lines and with the contacts there are.
import { and, eq, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { type ImportSettings, imports } from "#db/schema/imports.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import { decode, parseCsv } from "#server/imports/csv.ts";
import { storable } from "#server/webhooks/storable.ts";

const batchSize = 2_000;

/**
 * Stages the lines with their verdicts; the import is `ready` then. Begins anew when it is run again, and stops when the
 * columns were chosen anew meanwhile. A file that cannot be read fails the import with the reason.
 */
export async function checkImport(db: Database, importId: number): Promise<void> {
  const [found] = await db.select().from(imports).where(eq(imports.id, importId));
  if (found?.status !== "checking" || !found.file) return;
  const { settings, createdBy } = found;
  const lines = parseCsv(decode(found.file).text).lines;
  const first = settings.hasHeader ? 1 : 0;
  const total = Math.max(0, lines.length - first);
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from import_rows where import_id = ${importId}`);
    await tx.update(imports).set({ total, checked: 0 }).where(eq(imports.id, importId));
  });
  for (let from = first; from < lines.length; from += batchSize) {
    const batch = lines.slice(from, from + batchSize);
    await stage(db, { importId, settings, batch, firstLine: from + 1 });
    const [still] = await db
      .update(imports)
      .set({ checked: Math.min(total, from + batchSize - first) })
      .where(and(eq(imports.id, importId), sameChoice(settings)))
      .returning({ id: imports.id });
    if (!still) return;
  }
  await db.transaction(async (tx) => {
    await judge(tx, importId, createdBy);
    await tx
      .update(imports)
      .set({ status: "ready" })
      .where(and(eq(imports.id, importId), sameChoice(settings)));
  });
}

/** The admin may choose other columns while a job still reads by the old ones. */
const sameChoice = (settings: ImportSettings) =>
  sql`${imports.status} = 'checking' and ${imports.settings} = ${JSON.stringify(settings)}::jsonb`;

type Batch = { importId: number; settings: ImportSettings; batch: string[][]; firstLine: number };

async function stage(db: Executor, { importId, settings, batch, firstLine }: Batch): Promise<void> {
  const rows = batch.map((raw, index) => {
    // A cell longer than any of ours is cut, and refused for its length.
    const cells = raw.slice(0, 50).map((cell) => storable(cell).slice(0, 1000));
    const line = readImportLine(cells, settings.columns, settings.country);
    return {
      line: firstLine + index,
      cells,
      verdict: line.reason ? "refused" : line.repaired ? "repaired" : "accepted",
      reason: line.reason,
      full_number: line.phone?.e164 ?? null,
      country_code: line.phone?.countryCode ?? null,
      national_number: line.phone?.nationalNumber ?? null,
      first_name: line.firstName,
      last_name: line.lastName,
    };
  });
  await db.execute(sql`
    insert into import_rows (import_id, line, cells, verdict, reason, full_number, country_code, national_number,
      first_name, last_name)
    select ${importId}::int, r.line, array(select jsonb_array_elements_text(r.cells)), r.verdict, r.reason, r.full_number,
      r.country_code, r.national_number, r.first_name, r.last_name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, cells jsonb, verdict text, reason text,
      full_number text, country_code text, national_number text, first_name text, last_name text)
    on conflict do nothing`);
}

/**
 * What the lines cannot tell by themselves: a number that an earlier line has, or a contact. `owner` is the importing
 * admin; a contact of somebody else stays theirs, a deleted one may come back.
 */
export async function judge(db: Executor, importId: number, owner: number | null): Promise<void> {
  await db.execute(sql`
    update import_rows r set verdict = 'refused', reason = 'duplicate_in_file'
    where r.import_id = ${importId} and r.verdict in ('accepted', 'repaired') and exists (
      select from import_rows o where o.import_id = r.import_id and o.full_number = r.full_number
        and o.line < r.line and o.verdict in ('accepted', 'repaired', 'known'))`);
  await db.execute(sql`
    update import_rows r set
      verdict = case when c.created_by is not distinct from ${owner}::int then 'known' else 'refused' end,
      reason = case when c.created_by is not distinct from ${owner}::int then null else 'managed_by_other' end,
      contact_id = case when c.created_by is not distinct from ${owner}::int then c.id end
    from contacts c
    where r.import_id = ${importId} and r.verdict in ('accepted', 'repaired')
      and c.full_number = r.full_number and c.deleted_at is null`);
}

export type ImportCounts = Record<"accepted" | "repaired" | "refused" | "known", number>;

export async function countVerdicts(db: Executor, importId: number): Promise<ImportCounts> {
  const rows = await queryRows<{ verdict: keyof ImportCounts; count: number }>(
    db,
    sql`select verdict, count(*)::int as count from import_rows where import_id = ${importId} group by 1`,
  );
  const counts: ImportCounts = { accepted: 0, repaired: 0, refused: 0, known: 0 };
  for (const { verdict, count } of rows) counts[verdict] = count;
  return counts;
}
