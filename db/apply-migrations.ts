import type postgres from "postgres";
import type { Migration } from "#db/migration-files.ts";

/** Those of `migrations` that the database does not know yet. */
export async function missingOf(
  sql: postgres.TransactionSql,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  await sql`create schema if not exists drizzle`;
  await sql`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`;
  const [newest] = await sql<{ at: string }[]>`
    select coalesce(max(created_at), 0) as at from drizzle.__drizzle_migrations`;
  return migrations.filter(({ when }) => when > Number(newest?.at));
}

/**
 * Applies `migrations`, all of them, inside the caller's transaction, and writes each where Drizzle's tools look for it.
 * Returns their names.
 */
export async function applyMigrations(
  sql: postgres.TransactionSql,
  migrations: readonly Migration[],
): Promise<string[]> {
  for (const { statements, hash, when } of migrations) {
    for (const statement of statements) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`;
  }
  return migrations.map(({ tag }) => tag);
}
