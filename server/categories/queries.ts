// Reading categories with the number of contacts in them.
import { asc, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { countedUpTo } from "#server/lists/count-up-to.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** The user's categories by name. */
export async function listCategories(db: Executor, { user }: { user: SignedInUser }): Promise<CategoryRow[]> {
  const rows = await db
    .select({
      id: categories.id,
      name: categories.name,
      color: categories.color,
      counted: sql<number>`(select count(*)::int from (select cc.contact_id from category_contacts cc
        where cc.category_id = categories.id limit ${countedUpTo + 1}) counted)`,
    })
    .from(categories)
    .where(ownedBy(user, categories.createdBy))
    .orderBy(asc(categories.name), asc(categories.id));
  return rows.map(({ counted, ...row }) => ({
    ...row,
    contacts: { count: Math.min(counted, countedUpTo), isMore: counted > countedUpTo },
  }));
}
