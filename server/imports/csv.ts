// The bytes of a CSV file as lines of cells.
import Papa from "papaparse";
import type { ImportSettings } from "#db/schema/imports.ts";
import { AppError } from "#server/errors.ts";

export type Decoded = { text: string; encoding: ImportSettings["encoding"] };

/** UTF-8, with or without its mark; what is none is Windows-1252, in which every file of a French Excel is. */
export function decode(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

const delimiters = [";", ",", "\t", "|"];

export type ParsedCsv = { lines: string[][]; delimiter: string };

/** The first `limit` lines that are not blank, or all. Quotes that never close swallow the rest, as in any reader. */
export function parseCsv(text: string, limit = 0): ParsedCsv {
  const { data, meta } = Papa.parse<string[]>(text, {
    delimitersToGuess: delimiters,
    skipEmptyLines: "greedy",
    preview: limit,
  });
  return { lines: data, delimiter: meta.delimiter };
}

/** NUL and other control characters mean that this is no text: a spreadsheet file, an image. AppError import.not_text. */
export function refuseBinary(bytes: Uint8Array): void {
  const head = bytes.subarray(0, 8192);
  if (head.includes(0) || (head[0] === 0x50 && head[1] === 0x4b)) throw new AppError("import.not_text");
}
