import { and, eq, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import type { OptOutChange } from "#server/contacts/opt-out-contact.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy } from "#server/users/ownership.ts";

/**
 * Lets a contact be written to again on an admin's word, whose reason is kept: otherwise only the contact's own START
 * does. What was skipped stays skipped. Returns since when they had opted out. AppErrors contact.not_found,
 * contact.not_opted_out.
 */
export async function liftOptOut(
  db: Executor,
  { user, id, reason }: OptOutChange,
): Promise<{ optedOutAt: Date }> {
  return db.transaction(async (tx) => {
    const [contact] = await tx
      .select({ optedOutAt: contacts.optedOutAt })
      .from(contacts)
      .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
      .for("update");
    if (!contact) throw new AppError("contact.not_found");
    if (!contact.optedOutAt) throw new AppError("contact.not_opted_out");
    await tx.update(contacts).set({ optedOutAt: null }).where(eq(contacts.id, id));
    await recordChange(tx, { contactId: id, userId: user.id, action: "opted_in", after: { reason } });
    return { optedOutAt: contact.optedOutAt };
  });
}
