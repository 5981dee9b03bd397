/** Rows of one question to the database: an export is never in memory as a whole. */
export const batchSize = 1000;

/** Where the next batch begins; null: this was the last. */
export function nextOf(rows: readonly { id: number }[]): number | null {
  return rows.length === batchSize ? (rows.at(-1)?.id ?? null) : null;
}
