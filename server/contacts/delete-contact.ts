import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categoryContacts, contacts } from "#db/schema/contacts.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { namesInHistory } from "#server/contacts/categories-of.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import type { ContactSnapshot } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Deletion = { user: SignedInUser; id: number };

/**
 * Deletes a contact and its category links. One with messages or answers is only marked: the foreign keys cascade and
 * would erase the ledger; so is one who opted out, whose word outlives the card. What waits to be sent to it is skipped
 * when its turn comes. AppError `contact.not_found`.
 */
export async function deleteContact(
  db: Executor,
  { user, id }: Deletion,
): Promise<{ before: ContactSnapshot }> {
  return db.transaction(async (tx) => {
    // FOR UPDATE: a launch that is just writing a message to this contact is waited for, and its message seen below
    const [contact] = await tx
      .select()
      .from(contacts)
      .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
      .for("update");
    if (!contact) throw new AppError("contact.not_found");
    const names = await namesInHistory(tx, contact);
    const { fullNumber, firstName, lastName } = contact;
    const before = { fullNumber, firstName, lastName, categories: names };
    const [traces] = await tx
      .select({
        any: sql<boolean>`${contact.optedOutAt !== null} or exists (select from ${messages} where ${messages.contactId} = ${id})
          or exists (select from ${interactions} where ${interactions.contactId} = ${id})`,
      })
      .from(sql`(select 1) as one`);
    if (traces?.any) {
      await tx.delete(categoryContacts).where(eq(categoryContacts.contactId, id));
      await tx.update(contacts).set({ deletedAt: sql`now()` }).where(eq(contacts.id, id));
      await recordChange(tx, { contactId: id, userId: user.id, action: "deleted", before });
    } else {
      await tx.delete(contacts).where(eq(contacts.id, id));
    }
    return { before };
  });
}
