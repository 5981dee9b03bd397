import { formatPhone } from "#server/domain/phone.ts";

type Named = { firstName: string | null; lastName: string | null };

/** First and last name, or null for a contact without either. */
export function contactName({ firstName, lastName }: Named): string | null {
  return [firstName, lastName].filter(Boolean).join(" ") || null;
}

/** What a contact is called when it has to be called something: its name, else its number. */
export function contactLabel(contact: Named & { fullNumber: string }): string {
  return contactName(contact) ?? formatPhone(contact.fullNumber);
}
