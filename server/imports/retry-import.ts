import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { AppError } from "#server/errors.ts";
import { lockImport } from "#server/imports/find-import.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/**
 * Has what failed tried again; lines that have become contacts stay so. AppErrors import.not_found, import.wrong_status:
 * also once its lines are deleted (forget-imports.ts).
 */
export async function retryImport(db: Database, which: { user: SignedInUser; id: number }): Promise<void> {
  await db.transaction(async (tx) => {
    const { id, error, status: failed, settings } = await lockImport(tx, which, ["failed"]);
    if (settings.outcome) throw new AppError("import.wrong_status", { status: failed });
    const [status, task] =
      error === "run" ? (["importing", "run_import"] as const) : (["checking", "check_import"] as const);
    await tx.update(imports).set({ status, error: null }).where(eq(imports.id, id));
    await enqueue(tx, task, { importId: id });
  });
}
