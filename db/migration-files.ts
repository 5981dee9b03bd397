// The migrations as they stand in db/migrations, written forward only (its README.md).
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export type Migration = {
  tag: string;
  /** milliseconds; a database has every migration up to the newest of these it knows */
  when: number;
  /** of the file's text, as Drizzle's own tools write it */
  hash: string;
  statements: string[];
};

const folder = new URL("./migrations/", import.meta.url);

/** Every migration, oldest first. */
export function readMigrations(): Migration[] {
  const journal = JSON.parse(readFileSync(new URL("meta/_journal.json", folder), "utf8"));
  const { entries } = journal as { entries: { tag: string; when: number }[] };
  return entries
    .toSorted((one, other) => one.when - other.when)
    .map(({ tag, when }) => {
      const text = readFileSync(new URL(`${tag}.sql`, folder), "utf8");
      const hash = createHash("sha256").update(text).digest("hex");
      return { tag, when, hash, statements: text.split("--> statement-breakpoint") };
    });
}

/** The tables these migrations make, or find. */
export function tablesOf(migrations: readonly Migration[]): string[] {
  return migrations.flatMap(({ statements }) =>
    statements.flatMap((one) =>
      [...one.matchAll(/CREATE TABLE IF NOT EXISTS "(\w+)"/g)].map(([, name]) => `${name}`),
    ),
  );
}
