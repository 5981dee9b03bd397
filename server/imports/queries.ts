// Reading imports: where one is, and what the dry run says of its lines.
import { and, asc, count, desc, eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { importRows, imports } from "#db/schema/imports.ts";
import type { ImportField } from "#server/domain/import-columns.ts";
import { findImport } from "#server/imports/find-import.ts";
import { outcomeOf } from "#server/imports/outcome.ts";
import type { ImportRowPage, ImportView } from "#server/imports/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const pageSize = 50;

type Which = { user: SignedInUser; id: number };

/** While lines are judged or brought in their figures would be out of date when read. */
const none: ImportView["counts"] = { accepted: 0, repaired: 0, refused: 0, known: 0 };

/** AppError import.not_found. */
export async function getImport(db: Executor, which: Which): Promise<ImportView> {
  const { createdBy: _, ...found } = await findImport(db, which);
  const isMoving = found.status === "checking" || found.status === "importing";
  const { counts, takenBack = null } = isMoving ? { counts: none } : await outcomeOf(db, found);
  return { ...found, counts, takenBack, hasLines: !found.settings.outcome };
}

export type ImportSummary = Pick<
  ImportView,
  "id" | "status" | "fileName" | "total" | "imported" | "createdAt"
>;

/** The user's last imports, the newest first. */
export async function listImports(db: Executor, { user }: { user: SignedInUser }): Promise<ImportSummary[]> {
  return db
    .select({
      id: imports.id,
      status: imports.status,
      fileName: imports.fileName,
      total: imports.total,
      imported: imports.imported,
      createdAt: imports.createdAt,
    })
    .from(imports)
    .where(ownedBy(user, imports.createdBy))
    .orderBy(desc(imports.id))
    .limit(20);
}

type RowsQuery = Which & { page: number; verdict?: keyof ImportView["counts"] | null };

/** One page of the lines of the dry run, of one verdict when told. AppError import.not_found. */
export async function listImportRows(
  db: Executor,
  { user, id, page, verdict }: RowsQuery,
): Promise<ImportRowPage> {
  const { settings } = await findImport(db, { user, id });
  const shown = and(eq(importRows.importId, id), verdict ? eq(importRows.verdict, verdict) : undefined);
  const [totals] = await db.select({ total: count() }).from(importRows).where(shown);
  const found = await db
    .select()
    .from(importRows)
    .where(shown)
    .orderBy(asc(importRows.line))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const rows = found.map(({ line, verdict, reason, cells, fullNumber, contactId }) => {
    const cell = (field: ImportField) => {
      const index = settings.columns[field];
      return index === undefined ? "" : (cells[index] ?? "");
    };
    return {
      line,
      verdict: verdict ?? "refused",
      reason,
      cells: {
        number: cell("number"),
        dialCode: cell("dialCode"),
        firstName: cell("firstName"),
        lastName: cell("lastName"),
      },
      fullNumber,
      contactId,
    };
  });
  return { rows, total: totals?.total ?? 0, page, pageSize };
}
