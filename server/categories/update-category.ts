import { and, eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { refuseNameTaken } from "#server/categories/refuse-name-taken.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type CategoryUpdate = { user: SignedInUser; id: number; name: string; color: string };
type Before = { name: string; color: string | null };

/** Renames and recolours a category. AppErrors `category.not_found`, `category.name_taken`. */
export async function updateCategory(
  db: Executor,
  { user, id, name, color }: CategoryUpdate,
): Promise<{ before: Before }> {
  return db.transaction(async (tx) => {
    const [category] = await tx
      .select()
      .from(categories)
      .where(and(eq(categories.id, id), ownedBy(user, categories.createdBy)))
      .for("update");
    if (!category) throw new AppError("category.not_found");
    if (name.toLowerCase() !== category.name.toLowerCase()) {
      await refuseNameTaken(tx, { ownerId: category.createdBy, name, exceptId: id });
    }
    await tx.update(categories).set({ name, color }).where(eq(categories.id, id));
    return { before: { name: category.name, color: category.color } };
  });
}
