// Phone numbers and the addresses made of them. Numbers are stored E.164; Twilio's WhatsApp addresses are `whatsapp:+…`.
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

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

export type ParsedPhone = {
  e164: string;
  /** `+33`, as the column country_code holds it */
  countryCode: string;
  /** without the leading zero people write inside their country */
  nationalNumber: string;
  /** ISO 3166 country, where the number tells it */
  country: CountryCode | null;
};

export type PhoneProblem = "required" | "invalid_phone" | "country_missing";

/**
 * A number as typed beside a chosen country, or pasted whole (`+33 6…`, `0033 6…`, `whatsapp:+33…`); a whole number wins
 * over the chosen country. Valid means what libphonenumber calls valid for its country.
 */
export function parsePhone(input: string, country?: string | null): ParsedPhone | { problem: PhoneProblem } {
  const text = input.trim().replace(/^whatsapp:/i, "");
  if (text === "") return { problem: "required" };
  const whole = text.replace(/^00/, "+");
  const defaultCountry = country && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(whole, { defaultCountry, extract: false });
  if (parsed?.isValid() && !parsed.ext) {
    return {
      e164: parsed.number,
      countryCode: `+${parsed.countryCallingCode}`,
      nationalNumber: parsed.nationalNumber,
      country: parsed.country ?? null,
    };
  }
  return { problem: !defaultCountry && !whole.startsWith("+") ? "country_missing" : "invalid_phone" };
}

/** `+33 6 12 34 56 78`; a number that is none is shown as it is stored. */
export function formatPhone(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}
