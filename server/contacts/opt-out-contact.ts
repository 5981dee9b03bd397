import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

export type OptOutChange = { user: SignedInUser; id: number; reason: string };

/**
 * Writes down that a contact wants no more messages, told otherwise than by a word on WhatsApp. What waits for them is
 * skipped at its claim. AppErrors contact.not_found, contact.already_opted_out.
 */
export async function optOutContact(db: Executor, { user, id, reason }: OptOutChange): Promise<void> {
  await db.transaction(async (tx) => {
    const [contact] = await tx
      .select({ optedOutAt: contacts.optedOutAt })
      .from(contacts)
      .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
      .for("update");
    if (!contact) throw new AppError("contact.not_found");
    if (contact.optedOutAt) throw new AppError("contact.already_opted_out");
    await tx.update(contacts).set({ optedOutAt: sql`now()` }).where(eq(contacts.id, id));
    await recordChange(tx, { contactId: id, userId: user.id, action: "opted_out", after: { reason } });
  });
}
