// A number as the previous system stored it: with or without `+`, with spaces, now and then as it is dialled at home.
import { type ParsedPhone, parsePhone } from "#server/domain/phone.ts";

export type StoredNumber = { fullNumber: string; countryCode: string };

/** What is copied along with a number and belongs to none: spaces, punctuation, marks of the direction of writing. */
const noise = /[\s().\-/\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The number meant, or null where none is valid. Without `+` it is read as international first, and as a number of
 * `countryCode` where it is none of that country's; valid in both ways but not the same, it is nobody's to guess.
 */
export function readStoredNumber({ fullNumber, countryCode }: StoredNumber): ParsedPhone | null {
  const compact = fullNumber.replace(noise, "").replace(/^00/, "+");
  if (!/^\+?\d+$/.test(compact)) return null;
  if (compact.startsWith("+")) return valid(compact);
  const code = countryCode.replace(/\D/g, "").replace(/^0+/, "");
  const international = valid(`+${compact}`);
  if (international && (code === "" || compact.startsWith(code))) return international;
  const national = code === "" ? null : valid(`+${code}${compact}`);
  if (international && national) return null;
  return international ?? national;
}

/**
 * The number meant where it is known to be one, since a message arrived there: whole, with `+` or the digits of
 * `countryCode` in front, of E.164's length. Numbering plans change faster than libphonenumber knows.
 */
export function readProvenNumber({ fullNumber, countryCode }: StoredNumber): ParsedPhone | null {
  const compact = fullNumber.replace(noise, "").replace(/^00/, "+");
  const code = countryCode.replace(/\D/g, "").replace(/^0+/, "");
  const digits = compact.replace(/^\+/, "");
  if (!/^[1-9]\d{6,14}$/.test(digits) || code === "" || !digits.startsWith(code)) return null;
  return {
    e164: `+${digits}`,
    countryCode: `+${code}`,
    nationalNumber: digits.slice(code.length),
    country: null,
  };
}

function valid(number: string): ParsedPhone | null {
  const parsed = parsePhone(number);
  return "problem" in parsed ? null : parsed;
}
