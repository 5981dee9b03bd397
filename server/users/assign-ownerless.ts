import { and, eq, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows, type Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { categories, contacts } from "#db/schema/contacts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { Ownerless } from "#server/users/views.ts";

/** How much nobody manages: what the previous system left when it deleted an account. */
export async function countOwnerless(db: Executor): Promise<Ownerless> {
  const [counts] = await queryRows<Ownerless>(
    db,
    sql`select coalesce((select contacts from contact_counts where owner_id = 0), 0)::int as contacts,
      (select count(*)::int from campaigns where created_by is null and deleted_at is null) as campaigns,
      (select count(*)::int from categories where created_by is null) as categories`,
  );
  return counts ?? { contacts: 0, campaigns: 0, categories: 0 };
}

/**
 * Gives every contact, campaign and category that nobody manages to one admin. Gives back how many there were. For super
 * admins. AppError `user.not_found` (closed accounts too).
 */
export async function assignOwnerless(tx: Transaction, { ownerId }: { ownerId: number }): Promise<Ownerless> {
  const [owner] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, ownerId), sql`${users.isActive} is not false`))
    .for("key share");
  if (!owner) throw new AppError("user.not_found");
  const before = await countOwnerless(tx);
  for (const table of [contacts, campaigns, categories]) {
    await tx.update(table).set({ createdBy: ownerId }).where(isNull(table.createdBy));
  }
  return before;
}
