// CSV imports in each state an import can be looked at, standing still: no job works on them.
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type ImportStory = {
  mappingImportId: number;
  checkingImportId: number;
  readyImportId: number;
  doneImportId: number;
  undoneImportId: number;
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
  const checkingImportId = await made("abonnés de la lettre.csv");
  await db
    .update(imports)
    .set({ status: "checking", total: 48_200, checked: 21_000 })
    .where(eq(imports.id, checkingImportId));
  return {
    ...{ doneImportId, undoneImportId, checkingImportId },
    readyImportId: await checked("clients.csv"),
    mappingImportId: await made("nouveaux.csv"),
  };
}
