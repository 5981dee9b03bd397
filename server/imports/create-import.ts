import type { Executor } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { guessColumns, hasHeader } from "#server/domain/import-columns.ts";
import { maxImportBytes, maxImportLines } from "#server/domain/import-limits.ts";
import { AppError } from "#server/errors.ts";
import { hasMoreLines } from "#server/imports/count-lines.ts";
import { createCsvReader, delimiterOf, encodingOf, refuseBinary } from "#server/imports/csv.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { storable } from "#server/webhooks/storable.ts";

const sampleLines = 11;
const sampleBytes = 256 * 1024;
const defaultCountry = "FR";

type NewImport = { user: SignedInUser; fileName: string | null; bytes: Uint8Array };

/**
 * Keeps a file, or a pasted text, with the columns guessed; nothing is read further before the admin has looked at them.
 * AppErrors import.no_file, import.empty, import.not_text, import.too_big, import.too_many_lines.
 */
export async function createImport(
  db: Executor,
  { user, fileName, bytes }: NewImport,
): Promise<{ id: number }> {
  if (bytes.length > maxImportBytes) {
    throw new AppError("import.too_big", { maxMegabytes: maxImportBytes / 1024 / 1024 });
  }
  const encoding = encodingOf(bytes);
  refuseBinary(bytes, encoding);
  const beginning = new TextDecoder(encoding).decode(bytes.subarray(0, sampleBytes));
  const delimiter = delimiterOf(beginning);
  const reader = createCsvReader(delimiter);
  const samples = [...reader.push(beginning), ...reader.end()]
    .slice(0, sampleLines)
    .map(({ cells }) => cells);
  const [first] = samples;
  if (!first) throw new AppError(bytes.length === 0 ? "import.no_file" : "import.empty");
  const header = hasHeader(first, defaultCountry);
  const most = maxImportLines + (header ? 1 : 0);
  if (await hasMoreLines(bytes, { encoding, delimiter }, most))
    throw new AppError("import.too_many_lines", { maxLines: maxImportLines });
  const [created] = await db
    .insert(imports)
    .values({
      createdBy: user.id,
      status: "mapping",
      fileName: fileName?.slice(0, 255) ?? null,
      file: Buffer.from(bytes),
      settings: {
        encoding,
        delimiter,
        hasHeader: header,
        columns: guessColumns(header ? first : null, samples.slice(header ? 1 : 0), defaultCountry),
        country: defaultCountry,
        categoryIds: [],
        samples: samples.map((cells) => cells.slice(0, 50).map((cell) => storable(cell).slice(0, 200))),
      },
    })
    .returning({ id: imports.id });
  if (!created) throw new Error("the import could not be stored");
  return created;
}
