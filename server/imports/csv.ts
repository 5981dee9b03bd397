// The bytes of a CSV file as lines of cells.
import Papa from "papaparse";
import type { ImportSettings } from "#db/schema/imports.ts";
import { AppError } from "#server/errors.ts";

type Encoding = ImportSettings["encoding"];

/**
 * What a file is written in: UTF-8, with or without its mark; UTF-16 as Excel's « Texte Unicode », which begins with its
 * mark; else Windows-1252, as every old CSV of a French Excel. A file in UTF-8 of which a few bytes broke on the way
 * remains one: no text in Windows-1252 has more signs that UTF-8 could have written than such that it could not.
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  const text = new TextDecoder("utf-8").decode(bytes);
  let [broken, whole] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) whole += 1;
  }
  return broken === 0 || whole > broken ? "utf-8" : "windows-1252";
}

/** A file stitched together from several has line ends of several kinds. */
const oneLineEnd = (text: string): string => text.replace(/\r\n?/g, "\n");

const delimiters = [";", ",", "\t", "|"];

/** What separates the cells, guessed from a beginning of the text. */
export function delimiterOf(text: string): string {
  const options = {
    delimitersToGuess: delimiters,
    newline: "\n",
    skipEmptyLines: "greedy",
    preview: 20,
  } as const;
  const lines = oneLineEnd(text);
  const { meta, errors } = Papa.parse(lines, options);
  if (!errors.some(({ code }) => code === "UndetectableDelimiter")) return meta.delimiter;
  // Lines of different lengths, as after a quote that never closes: what the first line has most of.
  const [first = ""] = lines.trimStart().split("\n", 1);
  const often = (delimiter: string) => first.split(delimiter).length;
  return delimiters.reduce((best, one) => (often(one) > often(best) ? one : best));
}

export type CsvLine = {
  /** its row in a spreadsheet: blank ones count, and a line break inside quotes begins none */
  row: number;
  cells: string[];
  /** a quote that never closes has swallowed the rest of the file */
  isOpen: boolean;
};

/**
 * Takes a text piece by piece and gives back the lines that are complete, without blank ones; `end` gives the rest. `held`
 * tells how many characters wait for the end of their line.
 */
export function createCsvReader(delimiter: string) {
  const parser = new Papa.Parser({ delimiter, newline: "\n" });
  let rest = "";
  let row = 0;
  function read(isLast: boolean): CsvLine[] {
    const held = !isLast && rest.endsWith("\r") ? "\r" : "";
    const text = oneLineEnd(rest.slice(0, rest.length - held.length));
    const { data, errors, meta } = parser.parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
    rest = text.slice(meta.cursor) + held;
    const open = errors.find(({ code }) => code === "MissingQuotes");
    return data.flatMap((cells, index) => {
      row += 1;
      const isBlank = cells.every((cell) => cell.trim() === "");
      return isBlank ? [] : [{ row, cells, isOpen: open?.row === index }];
    });
  }
  return {
    push: (text: string): CsvLine[] => {
      rest += text;
      return read(false);
    },
    end: (): CsvLine[] => (rest === "" ? [] : read(true)),
    held: (): number => rest.length,
  };
}

/** NUL and other control characters mean that this is no text: a spreadsheet file, an image. AppError import.not_text. */
export function refuseBinary(bytes: Uint8Array, encoding: Encoding): void {
  const head = bytes.subarray(0, 8192);
  const isZip = head[0] === 0x50 && head[1] === 0x4b;
  if (isZip || (encoding !== "utf-16le" && head.includes(0))) throw new AppError("import.not_text");
}
