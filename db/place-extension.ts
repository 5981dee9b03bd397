import type postgres from "postgres";

/**
 * Puts pg_trgm where Supabase wants extensions, in a schema that is not published, where there is one: 0003_lists would put
 * it into `public`, and looks for it wherever it is. One that is in `public` already stays: it takes a superuser to move it,
 * and its functions are harmless there. https://supabase.com/docs/guides/database/extensions
 */
export async function placeExtension(sql: postgres.TransactionSql): Promise<void> {
  const [ready] = await sql`
    select from pg_namespace where nspname = 'extensions'
      and has_schema_privilege(oid, 'create') and has_schema_privilege(oid, 'usage')`;
  if (ready) await sql`create extension if not exists pg_trgm schema extensions`;
}
