import { and, eq, sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { type ChosenContacts, idArray, lockChosen } from "#server/contacts/choose-contacts.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Categorised = ChosenContacts & { categoryId: number; action: "add" | "remove" };

/**
 * Puts the chosen contacts into a category, or takes them out of it, with a line in the history of each that this changes:
 * of a category the contact's manager sees, since the manager reads it. Returns how many changed. AppError
 * category.not_found.
 */
export async function categoriseContacts(
  tx: Transaction,
  { categoryId, action, ...chosen }: Categorised,
): Promise<{ count: number; category: string }> {
  const { name: category, createdBy } = await requireCategory(tx, chosen.user, categoryId);
  const ids = idArray(await lockChosen(tx, chosen));
  const changed =
    action === "add"
      ? sql`insert into category_contacts (category_id, contact_id) select ${categoryId}, id from unnest(${ids}) id
          on conflict do nothing returning contact_id`
      : sql`delete from category_contacts where category_id = ${categoryId} and contact_id = any(${ids}) returning contact_id`;
  // the names a contact had: the statement sees the links as they were before it
  const names = (rest: ReturnType<typeof sql>) => sql`(
    select coalesce(jsonb_agg(n.name order by n.name, n.id), '[]') from (
      select k.name, k.id from category_contacts cc join categories k on k.id = cc.category_id
      where cc.contact_id = o.id and (o.created_by is null or k.created_by = o.created_by) ${rest}) n)`;
  const after =
    action === "add"
      ? names(sql`union all select ${category}::text, ${categoryId}::int`)
      : names(sql`and cc.category_id <> ${categoryId}`);
  const [done] = await queryRows<{ count: number }>(
    tx,
    sql`
    with changed as (${changed}), noted as (
      insert into contact_changes (contact_id, user_id, action, before, after)
      select o.id, ${chosen.user.id}::int, 'updated', jsonb_build_object('categories', ${names(sql``)}),
        jsonb_build_object('categories', ${after})
      from changed join contacts o on o.id = changed.contact_id
      where o.created_by is null or o.created_by = ${createdBy}::int)
    select count(*)::int as count from changed`,
  );
  return { count: done?.count ?? 0, category };
}

async function requireCategory(tx: Transaction, user: SignedInUser, id: number) {
  const [category] = await tx
    .select({ name: categories.name, createdBy: categories.createdBy })
    .from(categories)
    .where(and(eq(categories.id, id), ownedBy(user, categories.createdBy)))
    .for("key share");
  if (!category) throw new AppError("category.not_found");
  return category;
}
