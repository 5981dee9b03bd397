// The categories of contacts: reading them, and replacing those of one.
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories, categoryContacts } from "#db/schema/contacts.ts";
import type { ContactRow } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** The categories of each contact by name; a contact without any is not in the map. */
export async function categoriesOf(
  db: Executor,
  contactIds: number[],
): Promise<Map<number, ContactRow["categories"]>> {
  if (contactIds.length === 0) return new Map();
  const links = await db
    .select({
      contactId: categoryContacts.contactId,
      id: categories.id,
      name: categories.name,
      color: categories.color,
    })
    .from(categoryContacts)
    .innerJoin(categories, eq(categories.id, categoryContacts.categoryId))
    .where(inArray(categoryContacts.contactId, contactIds))
    .orderBy(asc(categories.name), asc(categories.id));
  const byContact = new Map<number, ContactRow["categories"]>();
  for (const { contactId, ...category } of links) {
    if (contactId === null) continue;
    byContact.set(contactId, [...(byContact.get(contactId) ?? []), category]);
  }
  return byContact;
}

type Categorised = { user: SignedInUser; contactId: number; categoryIds: number[] };

/**
 * Puts a contact into exactly these categories, of those the user sees; links to categories of others stay. A category
 * that is not the user's is not found. Returns the names it is in afterwards.
 */
export async function setCategories(
  db: Executor,
  { user, contactId, categoryIds }: Categorised,
): Promise<string[]> {
  const wanted = [...new Set(categoryIds)];
  const visible = await db
    .select({ id: categories.id })
    .from(categories)
    .where(ownedBy(user, categories.createdBy))
    .for("key share");
  const visibleIds = visible.map(({ id }) => id);
  if (wanted.some((id) => !visibleIds.includes(id))) throw new AppError("category.not_found");
  const unwanted = visibleIds.filter((id) => !wanted.includes(id));
  await db
    .delete(categoryContacts)
    .where(and(eq(categoryContacts.contactId, contactId), inArray(categoryContacts.categoryId, unwanted)));
  if (wanted.length > 0) {
    await db
      .insert(categoryContacts)
      .values(wanted.map((categoryId) => ({ categoryId, contactId })))
      .onConflictDoNothing();
  }
  return (await categoriesOf(db, [contactId])).get(contactId)?.map(({ name }) => name) ?? [];
}
