// The shapes in which imports leave the server.
import { z } from "zod";
import { importVerdicts } from "#server/domain/inputs.ts";

const column = z.number().optional();

export const importView = z.object({
  id: z.number(),
  status: z.enum(["mapping", "checking", "ready", "importing", "done", "failed", "undoing", "undone"]),
  fileName: z.string().nullable(),
  settings: z.object({
    encoding: z.enum(["utf-8", "utf-16le", "windows-1252"]),
    delimiter: z.string(),
    hasHeader: z.boolean(),
    columns: z.object({ number: column, dialCode: column, firstName: column, lastName: column }),
    country: z.string().nullable(),
    categoryIds: z.array(z.number()),
    samples: z.array(z.array(z.string())),
  }),
  /** lines of the file without its header; checked and imported so far */
  total: z.number(),
  checked: z.number(),
  imported: z.number(),
  /** lines that are to become contacts; 0 until the import starts */
  toImport: z.number(),
  /** zeros while a job is at them: who watches it does not have them counted at each look */
  counts: z.record(z.enum(importVerdicts), z.number()),
  /** false: they are deleted, and the counts are what is left of them */
  hasLines: z.boolean(),
  takenBack: z.object({ removed: z.number(), kept: z.number() }).nullable(),
  /** why it is `failed` */
  error: z.enum(["check", "run"]).nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type ImportView = z.infer<typeof importView>;

const importRow = z.object({
  line: z.number(),
  verdict: z.enum(importVerdicts),
  /** key of why it is refused */
  reason: z.string().nullable(),
  /** as the file has them */
  cells: z.object({
    number: z.string(),
    dialCode: z.string(),
    firstName: z.string(),
    lastName: z.string(),
  }),
  /** as it would be stored */
  fullNumber: z.string().nullable(),
  contactId: z.number().nullable(),
});

export const importRowPage = z.object({
  rows: z.array(importRow),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type ImportRowPage = z.infer<typeof importRowPage>;

/** `next`: the last line of this batch; null: there is none after it. */
export const refusedLinesBatch = z.object({
  rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()), reason: z.string().nullable() })),
  next: z.number().nullable(),
});
export type RefusedLines = z.infer<typeof refusedLinesBatch>;
