// What a CSV file may be: more is not only slow, nobody would look through it.
export const maxImportBytes = 25 * 1024 * 1024;
export const maxImportLines = 250_000;
