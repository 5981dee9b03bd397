// CSV imports: the file's lines as they came, what the dry run says of each, and the contact each became.
import { sql } from "drizzle-orm";
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
} from "drizzle-orm/pg-core";
import type { ImportColumns } from "#server/domain/import-columns.ts";
import { instant } from "./columns.ts";
import { users } from "./users.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export type ImportStatus =
  | "mapping"
  | "checking"
  | "ready"
  | "importing"
  | "done"
  | "failed"
  | "undoing"
  | "undone";

/** what a job could not do, however often it was tried */
export type ImportFailure = "check" | "run";

/** What is left of an import whose lines are deleted. */
export type ImportOutcome = {
  /** how many lines had which verdict */
  counts: Record<"accepted" | "repaired" | "refused" | "known", number>;
  /** how many contacts went, and how many had messages and stayed */
  takenBack?: { removed: number; kept: number };
};

export type ImportSettings = {
  encoding: "utf-8" | "utf-16le" | "windows-1252";
  delimiter: string;
  hasHeader: boolean;
  columns: ImportColumns;
  /** ISO 3166: of numbers that name none */
  country: string | null;
  categoryIds: number[];
  /** the first lines of the file, header included */
  samples: string[][];
  outcome?: ImportOutcome;
};

export const imports = pgTable(
  "imports",
  {
    id: serial("id").primaryKey(),
    createdBy: integer("created_by").references(() => users.id, { onDelete: "set null" }),
    status: text("status").$type<ImportStatus>().notNull(),
    fileName: text("file_name"),
    /** as it came, until its lines are in import_rows */
    file: bytea("file"),
    settings: jsonb("settings").$type<ImportSettings>().notNull(),
    total: integer("total").notNull().default(0),
    checked: integer("checked").notNull().default(0),
    imported: integer("imported").notNull().default(0),
    /** lines that are to become contacts, counted once when the import starts */
    toImport: integer("to_import").notNull().default(0),
    error: text("error").$type<ImportFailure>(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    index("imports_created_by").on(t.createdBy),
    check(
      "imports_status_check",
      sql`status in ('mapping', 'checking', 'ready', 'importing', 'done', 'failed', 'undoing', 'undone')`,
    ),
  ],
);

export const importRows = pgTable(
  "import_rows",
  {
    importId: integer("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    /** its row in a spreadsheet: the header is 1, and blank lines count */
    line: integer("line").notNull(),
    cells: text("cells").array().notNull(),
    /** known: the contact is there already, and gets the categories */
    verdict: text("verdict").$type<"accepted" | "repaired" | "refused" | "known">(),
    reason: text("reason"),
    fullNumber: text("full_number"),
    countryCode: text("country_code"),
    nationalNumber: text("national_number"),
    firstName: text("first_name"),
    lastName: text("last_name"),
    contactId: integer("contact_id"),
  },
  (t) => [
    primaryKey({ name: "import_rows_pk", columns: [t.importId, t.line] }),
    index("import_rows_verdict").on(t.importId, t.verdict, t.line),
    index("import_rows_number").on(t.importId, t.fullNumber),
    check("import_rows_verdict_check", sql`verdict in ('accepted', 'repaired', 'refused', 'known')`),
  ],
);
