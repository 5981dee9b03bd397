import { and, eq, sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { type ChosenContacts, idArray, lockChosen } from "#server/contacts/choose-contacts.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Categorised = ChosenContacts & { categoryId: number; action: "add" | "remove" };

/**
 * Puts the chosen contacts into a category, or takes them out of it, with a line in the history of each that this changes.
 * Returns how many those are. AppError category.not_found.
 */
export async function categoriseContacts(
  tx: Transaction,
  { categoryId, action, ...chosen }: Categorised,
): Promise<{ count: number; category: string }> {
  const category = await requireCategory(tx, chosen.user, categoryId);
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
      where cc.contact_id = changed.contact_id ${rest}) n)`;
  const after =
    action === "add"
      ? names(sql`union all select ${category}::text, ${categoryId}::int`)
      : names(sql`and cc.category_id <> ${categoryId}`);
  const [done] = await queryRows<{ count: number }>(
    tx,
    sql`
    with changed as (${changed}), noted as (
      insert into contact_changes (contact_id, user_id, action, before, after)
      select contact_id, ${chosen.user.id}::int, 'updated', jsonb_build_object('categories', ${names(sql``)}),
        jsonb_build_object('categories', ${after})
      from changed)
    select count(*)::int as count from changed`,
  );
  return { count: done?.count ?? 0, category };
}

async function requireCategory(tx: Transaction, user: SignedInUser, id: number): Promise<string> {
  const [category] = await tx
    .select({ name: categories.name })
    .from(categories)
    .where(and(eq(categories.id, id), ownedBy(user, categories.createdBy)))
    .for("key share");
  if (!category) throw new AppError("category.not_found");
  return category.name;
}
