import { and, eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Deletion = { user: SignedInUser; id: number };

/** Deletes a category; its contacts stay, only the links go. AppError `category.not_found`. */
export async function deleteCategory(
  db: Executor,
  { user, id }: Deletion,
): Promise<{ before: { name: string; color: string | null } }> {
  const [deleted] = await db
    .delete(categories)
    .where(and(eq(categories.id, id), ownedBy(user, categories.createdBy)))
    .returning({ name: categories.name, color: categories.color });
  if (!deleted) throw new AppError("category.not_found");
  return { before: deleted };
}
