// Reading one contact. The list of them is in list-contacts.ts, what happened with one in contact-history.ts.
import { and, count, eq, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { messages } from "#db/schema/messages.ts";
import { users } from "#db/schema/users.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { c } from "#server/contacts/find-contacts.ts";
import { rowColumns } from "#server/contacts/list-contacts.ts";
import type { ContactDetail } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** One contact as its page shows it. AppError `contact.not_found`. */
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
  const [sent] = await db.select({ count: count() }).from(messages).where(eq(messages.contactId, id));
  return {
    ...contact,
    categories: (await categoriesOf(db, [id])).get(id) ?? [],
    messageCount: sent?.count ?? 0,
  };
}
