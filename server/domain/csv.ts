// Lines of a CSV file that a spreadsheet opens as they are meant: nothing in them is ever taken for a formula.

/** How a spreadsheet knows that a file is UTF-8. */
export const byteOrderMark = "\ufeff";

export const csvDelimiters = [";", ","] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/**
 * Where a cell begins, for a spreadsheet that takes a comma, a semicolon or a tab for the separator, or a line break for
 * the end of a row, with a sign behind it that begins a formula (also in the wide forms that some read alike), be it
 * behind spaces or quotes that some drop; a tab or a lone carriage return, which some drop too; a line break in front.
 */
const formula = /^(?=\n)|(?<=^|[;,\t\r\n])(?=(?:[^\S\t\r\n]|")*(?:[=+\-@\t＝＋－＠]|\r(?!\n)))/g;
/** `+33 6 12 34 56 78`: digits in groups are no formula, whatever follows, and a spreadsheet leaves them as they are. */
const writtenNumber = /^\+\d{1,4}( \d+)+$/;

/**
 * A cell as text. What a spreadsheet would take for a formula is put behind an apostrophe (OWASP, CSV injection), inside
 * the text too: a French Excel splits at semicolons a file that was written with commas, and cares for no quotes that do
 * not begin its cell. A phone number written in groups stays as it is.
 */
export function safeCell(text: string): string {
  return writtenNumber.test(text) ? text : text.replace(formula, "'");
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
