// A consistent snapshot of a database of ours in one file, written while everything goes on.
import { createWriteStream } from "node:fs";
import { link, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import postgres from "postgres";
import {
  type BackupFooter,
  type BackupHeader,
  BackupRefused,
  type BackupTable,
  backupFormat,
  backupVersion,
  endOfRows,
} from "#db/backup/format.ts";
import { findTables, inKeyOrder, nameOf } from "#db/backup/tables.ts";
import { readMigrations } from "#db/migration-files.ts";
import { secured } from "#db/tls.ts";

export type BackupReport = Pick<BackupFooter, "rows"> & {
  /** tables of `public` that are not Relance's */
  leftOut: string[];
};

type Row = (string | null)[];

const cursorRows = 500;

/**
 * Writes every row, sequence and migration of the database at `url` into `file`, as of one moment and in pieces, however
 * much it is. The file appears when it is whole; one that is there already is not written over (EEXIST). Throws
 * BackupRefused where the database is not ours or was migrated by newer code.
 */
export async function backUp(url: string, file: string): Promise<BackupReport> {
  const { url: address, ssl } = secured(url);
  const client = postgres(address, {
    ssl,
    max: 1,
    onnotice: () => {},
    connection: { application_name: "relance-backup" },
  });
  const unfinished = `${file}.partial-${process.pid}`;
  try {
    const report = await client.begin("isolation level repeatable read read only", async (sql) => {
      await sql`set local statement_timeout = 0`;
      await sql`set local time zone 'UTC'`;
      await sql`set local datestyle = 'ISO'`;
      const rows: BackupFooter["rows"] = {};
      const { own, others } = await findTables(sql);
      const source = lines(sql, await inKeyOrder(sql, own), rows);
      await pipeline(source, createGzip({ level: 6 }), createWriteStream(unfinished, { mode: 0o600 }));
      return { rows, leftOut: others };
    });
    // unlike a rename, fails where there is a file
    await link(unfinished, file);
    return report;
  } finally {
    await rm(unfinished, { force: true });
    await client.end({ timeout: 5 });
  }
}

async function* lines(
  sql: postgres.TransactionSql,
  tables: readonly BackupTable[],
  rows: BackupFooter["rows"],
): AsyncGenerator<string> {
  const header: BackupHeader = {
    format: backupFormat,
    version: backupVersion,
    createdAt: new Date().toISOString(),
    migrations: await knownMigrations(sql),
  };
  yield `${JSON.stringify(header)}\n`;
  for (const table of tables) {
    yield `${JSON.stringify(table)}\n`;
    rows[nameOf(table)] = 0;
    for await (const chunk of rowsOf(sql, table)) {
      rows[nameOf(table)] = (rows[nameOf(table)] ?? 0) + chunk.length;
      yield chunk.map(lineOf).join("");
    }
    yield `${endOfRows}\n`;
  }
  // Numbers given after the snapshot began are not in it, and are not given again either.
  const footer: BackupFooter = { end: true, rows, sequences: await sequencesOf(sql) };
  yield `${JSON.stringify(footer)}\n`;
}

/**
 * As text, a cursor's worth at a time. Not by COPY: postgres.js leaves its socket paused for ever when the last piece of
 * one fills the stream.
 */
function rowsOf(sql: postgres.TransactionSql, { schema, table, columns }: BackupTable): AsyncIterable<Row[]> {
  const asText = columns.map((column) => sql`${sql(column)}::text`);
  const list = asText.flatMap((column, at) => (at === 0 ? [column] : [sql`, `, column]));
  const rows = sql`select ${list} from ${sql(schema)}.${sql(table)}`.values().cursor(cursorRows);
  // its type knows rows as objects only
  return rows as AsyncIterable<unknown> as AsyncIterable<Row[]>;
}

const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A row in the text format of COPY. */
function lineOf(row: Row): string {
  const fields = row.map((value) =>
    value === null ? "\\N" : value.replace(/[\\\n\r\t]/g, (c) => escapes[c] ?? c),
  );
  return `${fields.join("\t")}\n`;
}

async function knownMigrations(sql: postgres.TransactionSql): Promise<BackupHeader["migrations"]> {
  const [journal] = await sql<{ name: string | null }[]>`
    select to_regclass('drizzle.__drizzle_migrations')::text as name`;
  const done = journal?.name
    ? await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at`
    : [];
  const tags = new Map(readMigrations().map(({ hash, tag }) => [hash, tag]));
  if (done.length === 0) {
    throw new BackupRefused(
      "Cette base n'est pas à Relance : il n'y a rien à sauvegarder. Vérifiez DATABASE_URL.",
    );
  }
  return done.map(({ hash }) => {
    const tag = tags.get(hash);
    if (tag) return { tag, hash };
    throw new BackupRefused(
      "Cette base a été migrée par une autre version de Relance : sauvegardez-la avec cette version.",
    );
  });
}

async function sequencesOf(sql: postgres.TransactionSql): Promise<BackupFooter["sequences"]> {
  const names = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, sequencename as name from pg_sequences
    where schemaname in ('public', 'relance', 'graphile_worker') order by 1, 2`;
  const sequences: BackupFooter["sequences"] = {};
  for (const { schema, name } of names) {
    const [state] = await sql<{ value: string; called: boolean }[]>`
      select last_value::text as value, is_called as called from ${sql(schema)}.${sql(name)}`;
    if (state) sequences[`${schema}.${name}`] = { ...state };
  }
  return sequences;
}
