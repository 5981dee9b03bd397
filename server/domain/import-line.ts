// What a line of a CSV file says about a contact, and what can be mended by itself in a number that a spreadsheet spoilt.
import { type ImportColumns, type ImportField, importFields } from "#server/domain/import-columns.ts";
import { type ParsedPhone, parsePhone } from "#server/domain/phone.ts";

export type ImportReason =
  | "required"
  | "invalid_phone"
  | "country_missing"
  | "spreadsheet_number"
  | "unreadable_text"
  | "name_too_long";

export type ImportLine = {
  phone: ParsedPhone | null;
  firstName: string | null;
  lastName: string | null;
  /** the number was not written as it is stored, and had to be mended */
  repaired: boolean;
  /** why the line is refused, or null */
  reason: ImportReason | null;
};

const nameLength = 100;
/** What a byte that belongs to no character was read as. */
const lostCharacter = "\ufffd";

/** Reads one line; never throws. `country` is the one of numbers that name none (ISO 3166). */
export function readImportLine(
  cells: readonly string[],
  columns: ImportColumns,
  country: string | null,
): ImportLine {
  const cell = (field: ImportField) => {
    const index = columns[field];
    return index === undefined ? "" : clean(cells[index] ?? "");
  };
  const names = { firstName: cell("firstName") || null, lastName: cell("lastName") || null };
  const nameTooLong = [names.firstName, names.lastName].some((name) => (name?.length ?? 0) > nameLength);
  const isUnreadable = importFields.some((field) => cell(field).includes(lostCharacter));
  if (isUnreadable) return { phone: null, ...names, repaired: false, reason: "unreadable_text" };
  const { phone, repaired, reason } = readNumber(cell("number"), cell("dialCode"), country);
  return { phone, ...names, repaired, reason: reason ?? (nameTooLong ? "name_too_long" : null) };
}

/** Spaces of any kind around it, and the apostrophe by which a spreadsheet keeps text from being counted. */
function clean(cell: string): string {
  return cell.trim().replace(/^'/, "").trim();
}

type NumberRead = Pick<ImportLine, "phone" | "repaired" | "reason">;

function readNumber(number: string, dialCode: string, country: string | null): NumberRead {
  if (number === "") return refused("required");
  // 6,12E+08: the digits that are missing are nowhere any more.
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(number)) return refused("spreadsheet_number");
  const digits = dialCode.replace(/\D/g, "").replace(/^00/, "");
  const asWritten = digits ? withDialCode(number, digits) : number;
  const parsed = parsePhone(asWritten, country);
  if ("e164" in parsed) return { phone: parsed, repaired: false, reason: null };
  for (const mended of repairs(asWritten)) {
    const again = parsePhone(mended, country);
    if ("e164" in again) return { phone: again, repaired: true, reason: null };
  }
  return refused(parsed.problem === "required" ? "required" : parsed.problem);
}

const refused = (reason: ImportReason): NumberRead => ({ phone: null, repaired: false, reason });

/**
 * A column of its own for the dialling code: `33` and `0612345678`, unless the number is whole already. Whether the zero
 * of the number belongs to it is its country's to say (it stays in Ivory Coast and on Italian landlines): libphonenumber's.
 */
function withDialCode(number: string, digits: string): string {
  return /^(\+|00)/.test(number) ? number : `+${digits} ${number}`;
}

/** The `.0` of a number that was counted, the plus that was lost, the `(0)` of a country that has no such zero. */
function repairs(number: string): string[] {
  const whole = number.replace(/[.,]0+$/, "");
  const bare = whole.replace("(0)", "");
  return [whole, bare].flatMap((text) => [text, `+${text.replace(/\D/g, "")}`]);
}
