// CSV imports in each state an import can be looked at, standing still: no job works on them.
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { findImport } from "#server/imports/find-import.ts";
import { forgetLines } from "#server/imports/outcome.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type ImportStory = {
  mappingImportId: number;
  checkingImportId: number;
  readyImportId: number;
  doneImportId: number;
  undoneImportId: number;
  importingImportId: number;
  failedCheckId: number;
  failedRunId: number;
};

const csv = [
  "Prénom;Nom;Téléphone",
  "Anne-Sophie;de La Rochefoucauld-Montmorency;06 39 98 19 80",
  "Zoé;Petit;639981981.0",
  "Noa;Garnier;06 39 98 19 80",
  "Luc;Roy;6,3998E+08",
  "=cmd|' /C calc'!A0;;12",
].join("\n");

/** One import for each. */
export async function makeImports(db: Database, user: SignedInUser): Promise<ImportStory> {
  const made = async (fileName: string) => {
    const { id } = await createImport(db, { user, fileName, bytes: Buffer.from(csv) });
    return id;
  };
  const checked = async (fileName: string) => {
    const id = await made(fileName);
    await db.update(imports).set({ status: "checking" }).where(eq(imports.id, id));
    await checkImport(db, id);
    return id;
  };
  const [doneImportId, undoneImportId] = [await checked("salon de novembre.csv"), await checked("essai.csv")];
  const finished = { imported: 2, finishedAt: new Date() };
  await db
    .update(imports)
    .set({ status: "done", ...finished })
    .where(eq(imports.id, doneImportId));
  await db
    .update(imports)
    .set({ status: "undone", ...finished })
    .where(eq(imports.id, undoneImportId));
  await db.transaction(async (tx) => {
    const undone = await findImport(tx, { user, id: undoneImportId });
    await forgetLines(tx, undone, { removed: 2, kept: 0 });
  });
  const [checkingImportId, importingImportId] = [
    await made("abonnés de la lettre.csv"),
    await checked("foire.csv"),
  ];
  await rest(db, checkingImportId);
  await db
    .update(imports)
    .set({ status: "checking", total: 48_200, checked: 21_000 })
    .where(eq(imports.id, checkingImportId));
  await rest(db, importingImportId);
  await db.update(imports).set({ status: "importing", imported: 1 }).where(eq(imports.id, importingImportId));
  const [failedCheckId, failedRunId] = [await made("illisible.csv"), await checked("interrompu.csv")];
  await db.update(imports).set({ status: "failed", error: "check" }).where(eq(imports.id, failedCheckId));
  await db.update(imports).set({ status: "failed", error: "run" }).where(eq(imports.id, failedRunId));
  return {
    ...{ doneImportId, undoneImportId, checkingImportId, importingImportId, failedCheckId, failedRunId },
    readyImportId: await checked("clients.csv"),
    mappingImportId: await made("nouveaux.csv"),
  };
}

/** Its job is for tomorrow. */
async function rest(db: Database, importId: number): Promise<void> {
  const payload = JSON.stringify({ importId });
  await db.execute(sql`
    select graphile_worker.add_job('check_import', payload := ${payload}::json, run_at := now() + interval '1 day')`);
}
