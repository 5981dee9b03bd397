import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import type { ImportSettings } from "#db/schema/imports.ts";
import { type CsvLine, createCsvReader } from "#server/imports/csv.ts";

const pieceBytes = 1024 * 1024;

type Source = { importId: number; settings: Pick<ImportSettings, "encoding" | "delimiter" | "hasHeader"> };

/** The lines of a stored file without its header, some thousand at a time: it is never in memory as a whole. */
export async function* readLines(db: Executor, { importId, settings }: Source): AsyncGenerator<CsvLine[]> {
  const decoder = new TextDecoder(settings.encoding);
  const reader = createCsvReader(settings.delimiter);
  let header = settings.hasHeader ? 1 : 0;
  const withoutHeader = (lines: CsvLine[]) => {
    const rest = lines.slice(header);
    header = Math.max(0, header - lines.length);
    return rest;
  };
  for (let from = 1; ; from += pieceBytes) {
    const [piece] = await queryRows<{ bytes: Buffer | null }>(
      db,
      sql`select substring(file from ${from}::int for ${pieceBytes}::int) as bytes from imports where id = ${importId}`,
    );
    if (!piece?.bytes?.length) break;
    yield withoutHeader(reader.push(decoder.decode(piece.bytes, { stream: true })));
  }
  yield withoutHeader([...reader.push(decoder.decode()), ...reader.end()]);
}
