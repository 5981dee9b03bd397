// Whose database this is: nobody's yet, ours, or the previous system's. Any other is refused before anything is touched.
import type postgres from "postgres";
import { previousKeys, previousTableNames, previousTables, typeNames } from "#db/takeover/previous-tables.ts";

export type DatabaseKind = "empty" | "ours" | "previous";

/** A database that is not to be touched (now): a French text that says what it is, and what to do. */
export class DatabaseRefused extends Error {
  override name = "DatabaseRefused";
}

/** Throws DatabaseRefused unless the database is empty, ours or the previous system's. `ourTables`: those we would make. */
export async function recognise(
  sql: postgres.TransactionSql,
  ourTables: readonly string[],
): Promise<DatabaseKind> {
  const columns = await sql<{ table: string; column: string | null; type: string | null }[]>`
    select c.relname as table, a.attname as column, t.typname as type
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
  const tables = new Map<string, Map<string, string>>();
  for (const { table, column, type } of columns) {
    const known = tables.get(table) ?? new Map<string, string>();
    if (column && type) known.set(column, typeNames[type] ?? type);
    tables.set(table, known);
  }
  if (tables.has("message_attempts") && tables.get("campaigns")?.has("content_sid")) return "ours";
  await refuseMigrationsOfOthers(sql);
  if (tables.size === 0) return "empty";
  const problems = [...differences(tables), ...(await missingKeys(sql, tables))];
  const absent = previousTableNames.filter((name) => !tables.has(name));
  if (absent.length === previousTableNames.length) throw unknownTables([...tables.keys()]);
  const taken = ourTables.filter((name) => tables.has(name) && !(name in previousTables));
  problems.push(...taken.map((name) => `la table ${name} existe déjà, et elle n'est ni à l'un ni à l'autre`));
  if (problems.length > 0) throw almostPrevious(problems);
  return "previous";
}

function differences(tables: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  return Object.entries(previousTables).flatMap(([table, columns]) => {
    const found = tables.get(table);
    if (!found) return [`la table ${table} manque`];
    return Object.entries(columns).flatMap(([column, type]) => {
      const actual = found.get(column);
      if (actual === undefined) return [`la colonne ${table}.${column} manque`];
      return actual === type
        ? []
        : [`la colonne ${table}.${column} est de type ${actual} au lieu de ${type}`];
    });
  });
}

async function missingKeys(
  sql: postgres.TransactionSql,
  tables: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const keys = await sql<{ key: string }[]>`
    select c.relname || '.' || (select string_agg(a.attname, ',' order by a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum = any (i.indkey)) as key
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and i.indisunique and i.indisvalid and i.indpred is null
      and i.indexprs is null`;
  const found = new Set(keys.map(({ key }) => key));
  return previousKeys
    .filter(([table, columns]) => tables.has(table) && !found.has(`${table}.${columns}`))
    .map(([table, columns]) => `${table} (${columns}) n'est pas unique`);
}

/** A killed first attempt of an older version may have left the table, empty. */
async function refuseMigrationsOfOthers(sql: postgres.TransactionSql): Promise<void> {
  const [journal] = await sql<{ name: string | null }[]>`
    select to_regclass('drizzle.__drizzle_migrations')::text as name`;
  if (!journal?.name) return;
  const [row] = await sql`select from drizzle.__drizzle_migrations limit 1`;
  if (!row) return;
  throw new DatabaseRefused(
    "Cette base porte les migrations d'un autre logiciel (table drizzle.__drizzle_migrations) et aucune table de " +
      "Relance : rien n'a été changé. Vérifiez DATABASE_URL, ou donnez à Relance une base à elle.",
  );
}

function unknownTables(names: readonly string[]): DatabaseRefused {
  const shown = names.toSorted().slice(0, 5).join(", ");
  return new DatabaseRefused(
    `Cette base n'est ni vide, ni à Relance, ni celle de l'ancien système : elle contient ${shown}` +
      `${names.length > 5 ? "…" : ""}. Rien n'a été changé. Vérifiez DATABASE_URL, ou donnez à Relance une base vide.`,
  );
}

function almostPrevious(problems: readonly string[]): DatabaseRefused {
  const lines = problems.slice(0, 10).map((problem) => `  - ${problem}`);
  if (problems.length > lines.length)
    lines.push(`  - et ${problems.length - lines.length} autres différences`);
  return new DatabaseRefused(
    "Cette base ressemble à celle de l'ancien système, mais ne l'est pas tout à fait. Rien n'a été changé.\n" +
      `${lines.join("\n")}\nVérifiez DATABASE_URL, ou rendez à la base ce qui lui manque, puis recommencez.`,
  );
}
