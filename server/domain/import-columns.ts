// Which column of a CSV file holds what, guessed from its header and its first lines; the admin corrects the guess.
import { parsePhone } from "#server/domain/phone.ts";

export const importFields = ["number", "dialCode", "firstName", "lastName"] as const;
export type ImportField = (typeof importFields)[number];
/** field → index of its column */
export type ImportColumns = Partial<Record<ImportField, number>>;

const names: Record<ImportField, readonly string[]> = {
  number: [
    "telephone",
    "tel",
    "phone",
    "numero",
    "mobile",
    "portable",
    "whatsapp",
    "gsm",
    "phonenumber",
    "fullnumber",
  ],
  dialCode: ["indicatif", "codepays", "countrycode", "dialcode", "prefixe"],
  firstName: ["prenom", "firstname", "first", "givenname"],
  lastName: ["nom", "lastname", "last", "nomdefamille", "familyname", "surname"],
};

/** `Prénom *` and `prenom` are the same header. */
function plainHeader(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** Whether the first line names columns: some cell is a name we know, and none is a number. */
export function hasHeader(first: readonly string[], country: string | null): boolean {
  const known = first.some((cell) => Object.values(names).flat().includes(plainHeader(cell)));
  return known && !first.some((cell) => isNumber(cell, country));
}

/**
 * The columns of a file: by their names, exact ones first, then those that begin so; the number, when no name tells it,
 * is the column most of whose cells are numbers.
 */
export function guessColumns(
  header: readonly string[] | null,
  samples: readonly (readonly string[])[],
  country: string | null,
): ImportColumns {
  const columns: ImportColumns = {};
  const taken = new Set<number>();
  const plain = (header ?? []).map(plainHeader);
  for (const matches of [
    (cell: string, name: string) => cell === name,
    (cell: string, name: string) => cell.startsWith(name),
  ]) {
    for (const field of importFields) {
      if (columns[field] !== undefined) continue;
      const index = plain.findIndex(
        (cell, at) => !taken.has(at) && names[field].some((name) => matches(cell, name)),
      );
      if (index < 0) continue;
      columns[field] = index;
      taken.add(index);
    }
  }
  if (columns.number === undefined) {
    const number = columnOfNumbers(samples, taken, country);
    if (number !== null) columns.number = number;
  }
  return columns;
}

function columnOfNumbers(
  samples: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
  country: string | null,
): number | null {
  const width = Math.max(0, ...samples.map((cells) => cells.length));
  let best: { index: number; share: number } | null = null;
  for (let index = 0; index < width; index += 1) {
    if (taken.has(index)) continue;
    const cells = samples.map((line) => line[index] ?? "").filter(Boolean);
    const share = cells.filter((cell) => isNumber(cell, country)).length / Math.max(1, cells.length);
    if (share >= 0.5 && share > (best?.share ?? 0)) best = { index, share };
  }
  return best?.index ?? null;
}

function isNumber(cell: string, country: string | null): boolean {
  return "e164" in parsePhone(cell, country) || "e164" in parsePhone(`+${cell}`);
}
