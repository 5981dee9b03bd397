import { and, eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { importRows } from "#db/schema/imports.ts";
import { type ImportField, importFields } from "#server/domain/import-columns.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import { AppError } from "#server/errors.ts";
import { judge } from "#server/imports/check-import.ts";
import { lockImport } from "#server/imports/find-import.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type RowEdit = {
  user: SignedInUser;
  id: number;
  line: number;
  values: Partial<Record<ImportField, string>>;
};

/** Writes other cells into a line of the dry run and judges it anew. AppErrors import.not_found, import.wrong_status. */
export async function editImportRow(db: Database, { user, id, line, values }: RowEdit): Promise<void> {
  await db.transaction(async (tx) => {
    const { settings, createdBy } = await lockImport(tx, { user, id }, ["ready"]);
    const where = and(eq(importRows.importId, id), eq(importRows.line, line));
    const [row] = await tx.select().from(importRows).where(where).for("update");
    if (!row) throw new AppError("import.not_found");
    const cells = [...row.cells];
    for (const field of importFields) {
      const column = settings.columns[field];
      const value = values[field];
      if (column !== undefined && value !== undefined) cells[column] = value;
    }
    const filled = Array.from(cells, (cell) => cell ?? "");
    const read = readImportLine(filled, settings.columns, settings.country);
    await tx
      .update(importRows)
      .set({
        cells: filled,
        verdict: read.reason ? "refused" : "accepted",
        reason: read.reason,
        fullNumber: read.phone?.e164 ?? null,
        countryCode: read.phone?.countryCode ?? null,
        nationalNumber: read.phone?.nationalNumber ?? null,
        firstName: read.firstName,
        lastName: read.lastName,
        contactId: null,
      })
      .where(where);
    // A later line with the number this one had was a duplicate, and is none any more.
    if (row.fullNumber) {
      await tx
        .update(importRows)
        .set({ verdict: "accepted", reason: null })
        .where(
          and(
            eq(importRows.importId, id),
            eq(importRows.fullNumber, row.fullNumber),
            eq(importRows.reason, "duplicate_in_file"),
          ),
        );
    }
    const numbers = [row.fullNumber, read.phone?.e164].filter((number) => typeof number === "string");
    if (numbers.length > 0) await judge(tx, { importId: id, owner: createdBy, numbers });
  });
}
