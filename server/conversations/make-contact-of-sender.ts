import { and, count, eq, isNull, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import { adoptUnknownSender } from "#server/contacts/adopt-unknown-sender.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import type { StrangerContactInput } from "#server/domain/inputs.ts";
import { numberInAddress, parsePhone } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Made = { contactId: number; isNew: boolean; messages: number };

/**
 * Makes an unknown sender a contact, or, when the number entered for one who hides theirs is a contact's, that contact;
 * what they wrote moves into the conversation. Only a super admin sees them. AppErrors unknown_sender.not_found,
 * contact.invalid_number.
 */
export async function makeContactOfSender(
  db: Executor,
  { user, id, ...input }: StrangerContactInput & { user: SignedInUser },
): Promise<Made> {
  return db.transaction(async (tx) => {
    const [sender] = await tx
      .select()
      .from(unknownSenders)
      .where(and(eq(unknownSenders.id, id), isNull(unknownSenders.contactId)))
      .for("update");
    if (!sender) throw new AppError("unknown_sender.not_found");
    const phone = parsePhone(numberInAddress(sender.address) ?? input.number ?? "", input.country);
    if ("problem" in phone) throw new AppError("contact.invalid_number", { problem: phone.problem });
    const known = await contactWithNumber(tx, phone.e164);
    const [{ count: messages } = { count: 0 }] = await tx
      .select({ count: count() })
      .from(unknownSenderMessages)
      .where(eq(unknownSenderMessages.unknownSenderId, id));
    const contactId = known ?? (await createContact(tx, { ...input, user, number: phone.e164 })).id;
    await adoptUnknownSender(tx, { contactId, address: sender.address });
    // they have just been read
    await tx
      .update(contacts)
      .set({ inboundReadAt: sql`${contacts.lastInboundAt}` })
      .where(eq(contacts.id, contactId));
    return { contactId, isNew: known === null, messages };
  });
}

async function contactWithNumber(tx: Transaction, number: string): Promise<number | null> {
  const [contact] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.fullNumber, number), isNull(contacts.deletedAt)))
    .for("update");
  return contact?.id ?? null;
}
