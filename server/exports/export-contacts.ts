import { and, asc, gt } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { c, type FilterQuery, foundContacts } from "#server/contacts/find-contacts.ts";
import { rowColumns } from "#server/contacts/list-contacts.ts";
import { batchSize, nextOf } from "#server/exports/batch.ts";
import type { ContactBatch } from "#server/exports/views.ts";

/** The next contacts that a filter shows, in the order they were added; `after`: the last id of the batch before. */
export async function exportContacts(
  db: Executor,
  { after, ...query }: FilterQuery & { after: number },
): Promise<ContactBatch> {
  const found = await db
    .select(rowColumns)
    .from(c)
    .where(and(foundContacts(query), gt(c.id, after)))
    .orderBy(asc(c.id))
    .limit(batchSize);
  const categories = await categoriesOf(db, {
    user: query.user,
    contactIds: found.map(({ id }) => id),
  });
  return {
    rows: found.map((row) => ({ ...row, categories: categories.get(row.id) ?? [] })),
    next: nextOf(found),
  };
}
