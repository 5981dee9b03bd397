import { sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { type ChosenContacts, idArray, lockChosen } from "#server/contacts/choose-contacts.ts";

/**
 * Deletes the chosen contacts as deleteContact does one: those with messages, answers or an opt-out are only marked, the
 * others go.
 * Returns how many were deleted and how many of them are kept marked.
 */
export async function deleteContacts(
  tx: Transaction,
  chosen: ChosenContacts,
): Promise<{ count: number; marked: number }> {
  const ids = await lockChosen(tx, chosen);
  const all = idArray(ids);
  // After the locks, in a statement of its own: what a launch has just written is seen.
  const [kept] = await queryRows<{ marked: number }>(
    tx,
    sql`
    with traced as (
      select c.id, jsonb_build_object('fullNumber', c.full_number, 'firstName', c.first_name, 'lastName', c.last_name,
        'categories', (select coalesce(jsonb_agg(k.name order by k.name, k.id), '[]') from category_contacts cc
          join categories k on k.id = cc.category_id
          where cc.contact_id = c.id and (c.created_by is null or k.created_by = c.created_by))) as before
      from contacts c
      where c.id = any(${all}) and (c.opted_out_at is not null or exists (select from messages m where m.contact_id = c.id)
        or exists (select from interactions i where i.contact_id = c.id))
    ), noted as (
      insert into contact_changes (contact_id, user_id, action, before)
      select id, ${chosen.user.id}::int, 'deleted', before from traced
    ), unlinked as (
      delete from category_contacts cc using traced t where cc.contact_id = t.id
    ), marked as (
      update contacts c set deleted_at = now() from traced t where c.id = t.id returning 1)
    select count(*)::int as marked from marked`,
  );
  await tx.execute(sql`delete from contacts where id = any(${all}) and deleted_at is null`);
  return { count: ids.length, marked: kept?.marked ?? 0 };
}
