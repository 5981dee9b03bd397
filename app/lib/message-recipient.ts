import { fr } from "#app/i18n/fr.ts";
import { contactLabel } from "#app/lib/contact-name.ts";
import { formatPhone } from "#server/domain/phone.ts";
import type { MessageRow } from "#server/messages/views.ts";

type Addressed = Pick<MessageRow, "contact" | "toNumber">;

/** Whom a message is for, by name where there is one. */
export function recipientLabel({ contact, toNumber }: Addressed): string {
  if (contact && !contact.deleted) return contactLabel(contact);
  return toNumber ? formatPhone(toNumber) : fr.messages.deletedContact;
}

/** The number it went or will go to, as one reads it. */
export function recipientNumber({ contact, toNumber }: Addressed): string | null {
  const number = toNumber ?? contact?.fullNumber;
  return number ? formatPhone(number) : null;
}
