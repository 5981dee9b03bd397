// What became of an import's lines: counted while they are there, kept as figures when they go.
import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows, type Transaction } from "#db/client.ts";
import { type ImportOutcome, type ImportSettings, imports } from "#db/schema/imports.ts";

type Counted = { id: number; settings: ImportSettings };

/** How many lines came to which end. */
export async function outcomeOf(db: Executor, { id, settings }: Counted): Promise<ImportOutcome> {
  if (settings.outcome) return settings.outcome;
  const rows = await queryRows<{ verdict: keyof ImportOutcome["counts"]; count: number }>(
    db,
    sql`select verdict, count(*)::int as count from import_rows where import_id = ${id} group by 1`,
  );
  const counts = { accepted: 0, repaired: 0, refused: 0, known: 0 };
  for (const { verdict, count } of rows) counts[verdict] = count;
  return { counts };
}

/** Deletes the file and the lines of an import; its figures stay, with how many contacts it was `takenBack`. */
export async function forgetLines(
  tx: Transaction,
  found: Counted,
  takenBack?: ImportOutcome["takenBack"],
): Promise<void> {
  const outcome: ImportOutcome = { ...(await outcomeOf(tx, found)), ...(takenBack && { takenBack }) };
  const settings = { ...found.settings, samples: [], outcome };
  await tx.update(imports).set({ file: null, settings }).where(eq(imports.id, found.id));
  await tx.execute(sql`delete from import_rows where import_id = ${found.id}`);
}
