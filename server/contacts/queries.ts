// Reading one contact. The list of them is in list-contacts.ts, what happened with one in messages-to.ts.
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { c } from "#server/contacts/find-contacts.ts";
import { rowColumns } from "#server/contacts/list-contacts.ts";
import { messagesTo } from "#server/contacts/messages-to.ts";
import type { ContactDetail } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** One contact as its page shows it, with the messages and categories the user sees. AppError `contact.not_found`. */
export async function requireContact(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<ContactDetail> {
  const [contact] = await db
    .select({
      ...rowColumns,
      phoneNumber: c.phoneNumber,
      countryCode: c.countryCode,
      ownerEmail: users.email,
    })
    .from(c)
    .leftJoin(users, eq(users.id, c.createdBy))
    .where(and(eq(c.id, id), isNull(c.deletedAt), ownedBy(user, c.createdBy)));
  if (!contact) throw new AppError("contact.not_found");
  const [sent] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from (${messagesTo(user, id)}) m`,
  );
  return {
    ...contact,
    categories: (await categoriesOf(db, { user, contactIds: [id] })).get(id) ?? [],
    messageCount: sent?.count ?? 0,
  };
}

/** Of these contacts, the user's. */
export async function ownContactIds(
  db: Executor,
  { user, ids }: { user: SignedInUser; ids: number[] },
): Promise<number[]> {
  const found = await db
    .select({ id: c.id })
    .from(c)
    .where(and(inArray(c.id, ids), isNull(c.deletedAt), ownedBy(user, c.createdBy)));
  return found.map(({ id }) => id);
}
