import { and, asc, eq, gt } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { importRows } from "#db/schema/imports.ts";
import { findImport } from "#server/imports/find-import.ts";
import type { RefusedLines } from "#server/imports/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const batchSize = 1000;

type Refused = { user: SignedInUser; id: number; after: number };

/** The next refused lines as the file has them. AppError import.not_found. */
export async function refusedLines(db: Executor, { user, id, after }: Refused): Promise<RefusedLines> {
  await findImport(db, { user, id });
  const rows = await db
    .select({ line: importRows.line, cells: importRows.cells, reason: importRows.reason })
    .from(importRows)
    .where(and(eq(importRows.importId, id), eq(importRows.verdict, "refused"), gt(importRows.line, after)))
    .orderBy(asc(importRows.line))
    .limit(batchSize);
  return {
    rows,
    next: rows.length === batchSize ? (rows.at(-1)?.line ?? null) : null,
  };
}
