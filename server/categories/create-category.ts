import type { Executor } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { refuseNameTaken } from "#server/categories/refuse-name-taken.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type NewCategory = { user: SignedInUser; name: string; color: string };

/** Creates a category of the user's. AppError `category.name_taken`. */
export async function createCategory(
  db: Executor,
  { user, name, color }: NewCategory,
): Promise<{ id: number }> {
  return db.transaction(async (tx) => {
    await refuseNameTaken(tx, { ownerId: user.id, name });
    const [created] = await tx
      .insert(categories)
      .values({ name, color, createdBy: user.id })
      .returning({ id: categories.id });
    if (!created) throw new Error("the category could not be stored");
    return created;
  });
}
