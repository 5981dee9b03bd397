// Phone numbers and the addresses made of them. Numbers are stored E.164; Twilio's WhatsApp addresses are `whatsapp:+…`.

/** The address Twilio sends to (criterion 2.2). */
export function whatsappAddress(e164: string): string {
  return `whatsapp:${e164}`;
}

/** The number in a WhatsApp address, or null where there is none (`whatsapp:FR.1A2B…` of a user who hides it). */
export function numberInAddress(address: string): string | null {
  const match = /^whatsapp:(\+[1-9]\d{4,14})$/.exec(address.trim());
  return match?.[1] ?? null;
}

/** A number as a log may show it: country and last two digits. */
export function maskPhone(number: string): string {
  const digits = number.replace(/^whatsapp:/, "");
  return digits.length <= 6 ? "…" : `${digits.slice(0, 3)}…${digits.slice(-2)}`;
}
