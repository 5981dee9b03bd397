import type postgres from "postgres";
import type { Migration } from "#db/migration-files.ts";

/** Names that do not exist yet: the index has to wait for the migration that makes them. */
const notYetThere = new Set(["42703", "42P01", "42883", "42704"]);

/**
 * Building an index shuts out writers, adding a column readers too, and for as long as the transaction lasts: so first
 * the indexes. The migrations then find them.
 */
export async function buildEarlyIndexes(
  sql: postgres.TransactionSql,
  migrations: readonly Migration[],
): Promise<void> {
  const wanted = /CREATE (?:UNIQUE )?INDEX|CREATE EXTENSION|CREATE SCHEMA|FUNCTION relance\.plain/;
  const statements = migrations
    .flatMap((migration) => migration.statements)
    .filter((one) => wanted.test(one));
  for (const statement of statements) {
    await sql
      .savepoint((attempt) => attempt.unsafe(statement))
      .catch((error: { code?: string }) => {
        if (!notYetThere.has(error.code ?? "")) throw error;
      });
  }
}
