import { setImmediate as breathe } from "node:timers/promises";
import type { ImportSettings } from "#db/schema/imports.ts";
import { createCsvReader } from "#server/imports/csv.ts";

type Format = Pick<ImportSettings, "encoding" | "delimiter">;

const pieceBytes = 256 * 1024;
const longestLine = 4 * pieceBytes;
const [lineFeed, carriageReturn] = [10, 13];

/**
 * Whether a file has more lines than `max`, as an import reads it: line ends of every kind, none inside quotes, no blank
 * lines. Only a file that might is read, piece by piece, so that other requests go on beside it.
 */
export async function hasMoreLines(bytes: Uint8Array, format: Format, max: number): Promise<boolean> {
  if (lineEnds(bytes, format.encoding) < max) return false;
  const decoder = new TextDecoder(format.encoding);
  const reader = createCsvReader(format.delimiter);
  let lines = 0;
  for (let from = 0; from < bytes.length && lines <= max; from += pieceBytes) {
    const piece = decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true });
    lines += reader.push(piece.replace(/[\r\n]+/g, "\n")).length;
    // One that a quote never closes: each piece more would have it read from its beginning again.
    if (reader.held() > longestLine) return lines + 1 > max;
    await breathe();
  }
  return lines + reader.end().length > max;
}

/** No fewer than end a line. */
function lineEnds(bytes: Uint8Array, encoding: Format["encoding"]): number {
  const step = encoding === "utf-16le" ? 2 : 1;
  const unit = (at: number) => (bytes[at] ?? 0) | (step === 2 ? (bytes[at + 1] ?? 0) << 8 : 0);
  let ends = 0;
  for (let at = 0; at < bytes.length; at += step) {
    const one = unit(at);
    if (one === lineFeed || (one === carriageReturn && unit(at + step) !== lineFeed)) ends += 1;
  }
  return ends;
}
