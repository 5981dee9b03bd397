// Reading categories with the number of contacts in them.
import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories, categoryContacts, contacts } from "#db/schema/contacts.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** The user's categories by name. */
export async function listCategories(db: Executor, { user }: { user: SignedInUser }): Promise<CategoryRow[]> {
  return db
    .select({
      id: categories.id,
      name: categories.name,
      color: categories.color,
      contactCount: count(contacts.id),
    })
    .from(categories)
    .leftJoin(categoryContacts, eq(categoryContacts.categoryId, categories.id))
    .leftJoin(contacts, and(eq(contacts.id, categoryContacts.contactId), isNull(contacts.deletedAt)))
    .where(ownedBy(user, categories.createdBy))
    .groupBy(categories.id)
    .orderBy(asc(categories.name), asc(categories.id));
}
