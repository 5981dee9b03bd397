// A backup is one gzip file of lines: a header, then each table as a line that names it and its rows as PostgreSQL's COPY
// writes them, ended by `\.`, then a footer. A file without its footer is not whole.
import { z } from "zod";

export const backupFormat = "relance-backup";
export const backupVersion = 1;

const migration = z.object({ tag: z.string(), hash: z.string() });

export const backupHeader = z.object({
  format: z.literal(backupFormat),
  version: z.number(),
  createdAt: z.string(),
  /** what the schema was, oldest first */
  migrations: z.array(migration),
});
export type BackupHeader = z.infer<typeof backupHeader>;

export const backupTable = z.object({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
});
export type BackupTable = z.infer<typeof backupTable>;

export const backupFooter = z.object({
  end: z.literal(true),
  /** rows by `schema.table` */
  rows: z.record(z.string(), z.number()),
  /** by `schema.sequence` */
  sequences: z.record(z.string(), z.object({ value: z.string(), called: z.boolean() })),
});
export type BackupFooter = z.infer<typeof backupFooter>;

/** The end of a table's rows; no row is it, since COPY doubles every backslash. */
export const endOfRows = "\\.";

/** What a file cannot be restored for: a French text. */
export class BackupRefused extends Error {
  override name = "BackupRefused";
}
