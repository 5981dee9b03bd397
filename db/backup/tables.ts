import type postgres from "postgres";
import type { BackupTable } from "#db/backup/format.ts";
import { readMigrations, tablesOf } from "#db/migration-files.ts";

export type FoundTables = { own: BackupTable[]; others: string[] };

/**
 * Where our rows are: the tables our migrations make, and the queue's. The rows of graphile_worker.migrations say what
 * its schema is, and come with it. `others` of `public` are somebody else's.
 */
export async function findTables(sql: postgres.TransactionSql): Promise<FoundTables> {
  const ours = new Set(tablesOf(readMigrations()));
  const isOurs = ({ schema, table }: BackupTable) => schema !== "public" || ours.has(table);
  const tables = await sql<BackupTable[]>`
    select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname in ('public', 'relance', 'graphile_worker') and c.relkind = 'r'
      and (n.nspname, c.relname) <> ('graphile_worker', 'migrations')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by 1, 2 order by 1, 2`;
  return {
    own: tables.filter(isOurs),
    others: tables.filter((table) => !isOurs(table)).map(nameOf),
  };
}

/** The same tables, each behind those its foreign keys point to. Throws when they point in a circle. */
export async function inKeyOrder(
  sql: postgres.TransactionSql,
  tables: readonly BackupTable[],
): Promise<BackupTable[]> {
  const keys = await sql<{ from: string; to: string }[]>`
    select distinct f.nspname || '.' || c.relname as from, g.nspname || '.' || d.relname as to
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace f on f.oid = c.relnamespace
    join pg_class d on d.oid = k.confrelid join pg_namespace g on g.oid = d.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid`;
  const ordered: BackupTable[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      (table) =>
        !placed.has(nameOf(table)) && keys.every(({ from, to }) => from !== nameOf(table) || placed.has(to)),
    );
    if (ready.length === 0) throw new Error("foreign keys in a circle");
    for (const table of ready) placed.add(nameOf(table));
    ordered.push(...ready);
  }
  return ordered;
}

export const nameOf = ({ schema, table }: Pick<BackupTable, "schema" | "table">): string =>
  `${schema}.${table}`;
