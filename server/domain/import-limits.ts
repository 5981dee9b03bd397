// What a CSV file may be: more is not only slow, nobody would look through it.
export const maxImportBytes = 25 * 1024 * 1024;
export const maxImportLines = 250_000;

/** For how many days an import that is not finished can be, and for how many the lines of a finished one are kept. */
export const importKeptDays = { unfinished: 7, finished: 30 };
