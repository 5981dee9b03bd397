import type { Executor } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { guessColumns, hasHeader } from "#server/domain/import-columns.ts";
import { AppError } from "#server/errors.ts";
import { decode, parseCsv, refuseBinary } from "#server/imports/csv.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { storable } from "#server/webhooks/storable.ts";

const sampleLines = 11;
const defaultCountry = "FR";

type NewImport = { user: SignedInUser; fileName: string | null; bytes: Buffer };

/**
 * Keeps a file, or a pasted text, with the columns guessed; nothing is read further before the admin has looked at them.
 * AppErrors import.empty, import.not_text.
 */
export async function createImport(
  db: Executor,
  { user, fileName, bytes }: NewImport,
): Promise<{ id: number }> {
  refuseBinary(bytes);
  const { text, encoding } = decode(bytes);
  const { lines: samples, delimiter } = parseCsv(text, sampleLines);
  const [first] = samples;
  if (!first) throw new AppError("import.empty");
  const header = hasHeader(first, defaultCountry);
  const [created] = await db
    .insert(imports)
    .values({
      createdBy: user.id,
      status: "mapping",
      fileName: fileName?.slice(0, 255) ?? null,
      file: bytes,
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
