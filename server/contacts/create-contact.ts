import { eq, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { adoptUnknownSender } from "#server/contacts/adopt-unknown-sender.ts";
import { namesInHistory, setCategories } from "#server/contacts/categories-of.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import { refuseTaken } from "#server/contacts/refuse-taken.ts";
import type { ContactSnapshot } from "#server/contacts/views.ts";
import type { CreateContactInput } from "#server/domain/inputs.ts";
import { type ParsedPhone, parsePhone, whatsappAddress } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Created = { id: number; revived: boolean; after: ContactSnapshot };

/**
 * Adds a contact, or brings back a deleted one of this number, which then is the adder's; what that number wrote as an
 * unknown sender comes with it. A number belongs to one
 * contact of the whole system: AppErrors `contact.already_exists` (meta contactId) for one the user sees,
 * `contact.managed_by_other` for another's. Two at once: the unique constraint lets one through.
 */
export async function createContact(
  db: Executor,
  { user, number, country, firstName, lastName, categoryIds }: CreateContactInput & { user: SignedInUser },
): Promise<Created> {
  const phone = parsePhone(number, country);
  if ("problem" in phone) throw new AppError("contact.invalid_number", { problem: phone.problem });
  return db.transaction(async (tx) => {
    const { id, revived } = await insertOrRevive(tx, { user, phone, firstName, lastName });
    await setCategories(tx, { user, contactId: id, categoryIds });
    const names = await namesInHistory(tx, { id, createdBy: user.id });
    const after = { fullNumber: phone.e164, firstName, lastName, categories: names };
    await recordChange(tx, {
      contactId: id,
      userId: user.id,
      action: revived ? "revived" : "created",
      after,
    });
    await adoptUnknownSender(tx, { contactId: id, address: whatsappAddress(phone.e164) });
    return { id, revived, after };
  });
}

type NewContact = {
  user: SignedInUser;
  phone: ParsedPhone;
  firstName: string | null;
  lastName: string | null;
};

async function insertOrRevive(tx: Transaction, { user, phone, ...names }: NewContact) {
  const values = {
    ...names,
    phoneNumber: phone.nationalNumber,
    countryCode: phone.countryCode,
    createdBy: user.id,
  };
  for (;;) {
    const [inserted] = await tx
      .insert(contacts)
      .values({ ...values, fullNumber: phone.e164 })
      .onConflictDoNothing({ target: contacts.fullNumber })
      .returning({ id: contacts.id });
    if (inserted) return { id: inserted.id, revived: false };
    const [existing] = await tx
      .select({ id: contacts.id, createdBy: contacts.createdBy, deletedAt: contacts.deletedAt })
      .from(contacts)
      .where(eq(contacts.fullNumber, phone.e164))
      .for("update");
    // deleted for good between the two statements: the number is free again
    if (!existing) continue;
    if (existing.deletedAt === null) refuseTaken(user, existing);
    // an opt-out outlives the deletion: it is the recipient's word
    await tx
      .update(contacts)
      .set({
        ...values,
        deletedAt: null,
        flag: null,
        createdAt: sql`CURRENT_TIMESTAMP`,
        // a conversation of its own begins
        conversedAt: null,
        inboundReadAt: sql`${contacts.lastInboundAt}`,
      })
      .where(eq(contacts.id, existing.id));
    return { id: existing.id, revived: true };
  }
}
