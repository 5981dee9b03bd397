// The categories of contacts: reading them, and replacing those of one.
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories, categoryContacts } from "#db/schema/contacts.ts";
import type { ContactRow } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** The categories of each contact that the user sees, by name; a contact without any is not in the map. */
export async function categoriesOf(
  db: Executor,
  { user, contactIds }: { user: SignedInUser; contactIds: number[] },
): Promise<Map<number, ContactRow["categories"]>> {
  if (contactIds.length === 0) return new Map();
  return linkedTo(db, contactIds, ownedBy(user, categories.createdBy));
}

/** What a contact's history calls its categories: those its manager sees, who reads it; of nobody's contact all. */
export async function namesInHistory(
  db: Executor,
  contact: { id: number; createdBy: number | null },
): Promise<string[]> {
  const theirs = contact.createdBy === null ? undefined : eq(categories.createdBy, contact.createdBy);
  const links = await linkedTo(db, [contact.id], theirs);
  return links.get(contact.id)?.map(({ name }) => name) ?? [];
}

async function linkedTo(
  db: Executor,
  contactIds: number[],
  seen: SQL | undefined,
): Promise<Map<number, ContactRow["categories"]>> {
  const links = await db
    .select({
      contactId: categoryContacts.contactId,
      id: categories.id,
      name: categories.name,
      color: categories.color,
    })
    .from(categoryContacts)
    .innerJoin(categories, eq(categories.id, categoryContacts.categoryId))
    .where(and(inArray(categoryContacts.contactId, contactIds), seen))
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
 * that is not the user's is not found.
 */
export async function setCategories(
  db: Executor,
  { user, contactId, categoryIds }: Categorised,
): Promise<void> {
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
}
