// What a database's schema is, as text: two databases of the same text are the same to every program.
import type { TestDatabase } from "#db/testing/test-database.ts";

/** Columns, constraints, indexes, triggers, functions, row level security: a line each, of `public` and `relance`. */
export async function catalogueOf(sql: TestDatabase["sql"]): Promise<string> {
  const lines = await sql.begin(async (tx) => {
    // names are written from here, whatever schema the user's own name makes visible
    await tx`set local search_path to public`;
    return tx<{ line: string }[]>`
    select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    union all
    select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      || case when convalidated then '' else ' not valid' end
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all
    select 'index ' || indexname || ' ' || indexdef from pg_indexes where schemaname = 'public'
    union all
    select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(t.oid) from pg_trigger t
    join pg_class c on c.oid = tgrelid where c.relnamespace = 'public'::regnamespace and not tgisinternal
    union all
    select 'function ' || p.oid::regprocedure || ' ' || md5(pg_get_functiondef(p.oid)) || case when has_function_privilege('public', p.oid, 'execute') then ' for everybody' else '' end
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'relance') and prokind = 'f'
      and not exists (select from pg_depend x where x.objid = p.oid and x.deptype = 'e')
    union all
    select 'row level security ' || relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity`;
  });
  return `${lines
    .map(({ line }) => line)
    .toSorted()
    .join("\n")}\n`;
}
