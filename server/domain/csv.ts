// Lines of a CSV file that a spreadsheet opens as they are meant: nothing in them is ever taken for a formula.

/** How a spreadsheet knows that a file is UTF-8. */
export const byteOrderMark = "\ufeff";

export const csvDelimiters = [";", ","] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** Also in the wide forms that some spreadsheets read alike. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
/** `+33 6 12 34 56 78`: digits in groups are no formula, and a spreadsheet leaves them as they are. */
const writtenNumber = /^\+\d{1,4}( \d+)+$/;

/**
 * A cell as text. What a spreadsheet would take for a formula is put behind an apostrophe (OWASP, CSV injection); a phone
 * number written in groups is none.
 */
export function safeCell(text: string): string {
  return formula.test(text) && !writtenNumber.test(text) ? `'${text}` : text;
}

/** One line with its end, every cell safe, quoted where it has to be. */
export function csvLine(cells: readonly (string | number | null)[], delimiter: CsvDelimiter): string {
  return `${cells.map((cell) => quoted(safeCell(String(cell ?? "")), delimiter)).join(delimiter)}\r\n`;
}

function quoted(text: string, delimiter: CsvDelimiter): string {
  return /["\r\n\t]/.test(text) || text.includes(delimiter) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}
