// A backup put into an empty database, all of it or nothing.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { applyMigrations, missingOf } from "#db/apply-migrations.ts";
import {
  type BackupFooter,
  type BackupHeader,
  BackupRefused,
  type BackupTable,
  backupFooter,
  backupHeader,
  backupTable,
  backupVersion,
} from "#db/backup/format.ts";
import { type BackupReader, readBackup } from "#db/backup/read-backup.ts";
import { findTables, nameOf } from "#db/backup/tables.ts";
import { migrate, migrateQueue, migrationLock } from "#db/migrate.ts";
import { type Migration, readMigrations, tablesOf } from "#db/migration-files.ts";
import { placeExtension } from "#db/place-extension.ts";
import { DatabaseRefused, recognise } from "#db/takeover/recognise.ts";
import { secured } from "#db/tls.ts";

export type RestoreReport = Pick<BackupHeader, "createdAt"> & Pick<BackupFooter, "rows">;

/**
 * Puts the rows of `file` into the empty database at `url`, in pieces and in one transaction, under the schema they were
 * saved under, then brings that to the current one. Keys are checked as rows are written; triggers are not run, since
 * what they would write is in the file. Throws BackupRefused where the file is not whole or of a newer version, and
 * where the database holds anything.
 */
export async function restore(url: string, file: string): Promise<RestoreReport> {
  const backup = readBackup(file);
  const header = readHeader(await backup.value(), file);
  const migrations = migrationsOf(header);
  const { url: address, ssl } = secured(url);
  const client = postgres(address, {
    ssl,
    max: 1,
    onnotice: () => {},
    connection: { application_name: "relance-restore" },
  });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await client.begin((sql) => requireEmpty(sql));
    await migrateQueue({ connectionString: address, ssl });
    const rows = await client.begin(async (sql) => {
      await sql`set local statement_timeout = 0`;
      await sql`set local search_path to public`;
      await requireEmpty(sql);
      await placeExtension(sql);
      await applyMigrations(sql, await missingOf(sql, migrations));
      return load(sql, backup);
    });
    await client`analyze`;
    await client`select pg_advisory_unlock(${migrationLock})`;
    await migrate(url);
    return { createdAt: header.createdAt, rows };
  } finally {
    backup.close();
    await client.end({ timeout: 5 });
  }
}

async function load(sql: postgres.TransactionSql, backup: BackupReader): Promise<BackupFooter["rows"]> {
  const { own } = await findTables(sql);
  const known = new Map(own.map((table) => [nameOf(table), table]));
  for (const table of own) await sql`alter table ${place(sql, table)} disable trigger user`;
  // what the migrations wrote is in the file as well
  await sql.unsafe(`truncate ${own.map(({ schema, table }) => `"${schema}"."${table}"`).join(", ")}`);
  const rows: BackupFooter["rows"] = {};
  for (;;) {
    const line = await backup.value();
    const footer = backupFooter.safeParse(line);
    if (footer.success) {
      await backup.end();
      await finish(sql, footer.data, rows);
      for (const table of own) await sql`alter table ${place(sql, table)} enable trigger user`;
      return rows;
    }
    const table = backupTable.parse(line);
    const mine = known.get(nameOf(table));
    if (!mine || table.columns.some((column) => !mine.columns.includes(column))) {
      throw new BackupRefused(
        `La sauvegarde contient une table que Relance ne connaît pas : ${nameOf(table)}.`,
      );
    }
    const copy = sql`copy ${place(sql, table)} (${sql(table.columns)}) from stdin`;
    await pipeline(Readable.from(backup.rows()), await copy.writable());
    const [counted] = await sql<{ count: number }[]>`select count(*)::int as count from ${place(sql, table)}`;
    rows[nameOf(table)] = counted?.count ?? 0;
  }
}

function place(sql: postgres.TransactionSql, { schema, table }: Pick<BackupTable, "schema" | "table">) {
  return sql`${sql(schema)}.${sql(table)}`;
}

async function finish(
  sql: postgres.TransactionSql,
  footer: BackupFooter,
  rows: BackupFooter["rows"],
): Promise<void> {
  for (const [name, count] of Object.entries(footer.rows)) {
    if (rows[name] !== count)
      throw new BackupRefused(`${name} : ${count} lignes sauvegardées, ${rows[name] ?? 0} lues.`);
  }
  for (const [name, { value, called }] of Object.entries(footer.sequences)) {
    await sql`select setval(to_regclass(${name}), ${value}::bigint, ${called}) where to_regclass(${name}) is not null`;
  }
}

async function requireEmpty(sql: postgres.TransactionSql): Promise<void> {
  const found = await recognise(sql, tablesOf(readMigrations())).catch((error) => {
    if (error instanceof DatabaseRefused) return "another's" as const;
    throw error;
  });
  const [queue] = await sql<{ name: string | null }[]>`
    select to_regclass('graphile_worker._private_jobs')::text as name`;
  const [job] = queue?.name ? await sql`select from graphile_worker._private_jobs limit 1` : [];
  if (found === "empty" && !job) return;
  throw new BackupRefused(
    "La base n'est pas vide : une sauvegarde ne se restaure que dans une base vide, rien n'a été changé. Videz-la ou " +
      "donnez-en une autre.",
  );
}

function readHeader(line: unknown, file: string): BackupHeader {
  const header = backupHeader.safeParse(line);
  if (!header.success) throw new BackupRefused(`${file} n'est pas une sauvegarde de Relance.`);
  if (header.data.version > backupVersion) throw newer();
  return header.data;
}

/** Those under which it was saved; all have to be ours, in our order. */
function migrationsOf({ migrations }: BackupHeader): Migration[] {
  const known = readMigrations();
  const saved = known.slice(0, migrations.length);
  if (migrations.length === saved.length && saved.every(({ hash }, at) => hash === migrations[at]?.hash))
    return saved;
  throw newer();
}

function newer(): BackupRefused {
  return new BackupRefused(
    "Cette sauvegarde vient d'une autre version de Relance : restaurez-la avec cette version.",
  );
}
