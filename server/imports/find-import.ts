import { and, eq } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { type ImportStatus, imports } from "#db/schema/imports.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Which = { user: SignedInUser; id: number };

/** All but the file. */
export const importColumns = {
  id: imports.id,
  createdBy: imports.createdBy,
  status: imports.status,
  fileName: imports.fileName,
  settings: imports.settings,
  total: imports.total,
  checked: imports.checked,
  imported: imports.imported,
  toImport: imports.toImport,
  error: imports.error,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
};

/** An import of the user, without its file. AppError import.not_found. */
export async function findImport(db: Executor, { user, id }: Which) {
  const [found] = await db
    .select(importColumns)
    .from(imports)
    .where(and(eq(imports.id, id), ownedBy(user, imports.createdBy)));
  if (!found) throw new AppError("import.not_found");
  return found;
}

/** As `findImport`, in one of these states and locked. AppErrors import.not_found, import.wrong_status. */
export async function lockImport(tx: Transaction, { user, id }: Which, states: readonly ImportStatus[]) {
  const [found] = await tx
    .select(importColumns)
    .from(imports)
    .where(and(eq(imports.id, id), ownedBy(user, imports.createdBy)))
    .for("update");
  if (!found) throw new AppError("import.not_found");
  if (!states.includes(found.status)) throw new AppError("import.wrong_status", { status: found.status });
  return found;
}
