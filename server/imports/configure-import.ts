import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { imports } from "#db/schema/imports.ts";
import type { ConfigureImportInput } from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import { lockImport } from "#server/imports/find-import.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/**
 * Says which column holds what, and has every line checked by a job (the dry run). May be said again until the import
 * runs. AppErrors import.not_found, import.wrong_status, category.not_found.
 */
export async function configureImport(
  db: Database,
  { user, id, ...chosen }: ConfigureImportInput & { user: SignedInUser },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { settings } = await lockImport(tx, { user, id }, ["mapping", "ready", "checking"]);
    const wanted = [...new Set(chosen.categoryIds)];
    const known = await tx
      .select({ id: categories.id })
      .from(categories)
      .where(and(inArray(categories.id, wanted), ownedBy(user, categories.createdBy)));
    if (known.length < wanted.length) throw new AppError("category.not_found");
    await tx
      .update(imports)
      .set({
        status: "checking",
        settings: { ...settings, ...chosen, categoryIds: wanted },
        checked: 0,
        error: null,
      })
      .where(eq(imports.id, id));
    await enqueue(tx, "check_import", { importId: id });
  });
}
