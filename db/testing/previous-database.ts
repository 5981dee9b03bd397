// The previous system's database as such databases are: written from the facts about it, not by code of ours.
import { readFileSync } from "node:fs";
import { emptyDatabase, type TestDatabase } from "#db/testing/test-database.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const schema = read("./previous-system.sql");
const story = read("./previous-story.sql");

/** The password of `Ancienne.Admin@exemple.fr`, as the previous system hashed it. */
export const previousPassword = "Ancien-mot-de-passe-1";

/** A handful of rows. */
export async function previousDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await database.sql.unsafe(schema);
  return database;
}

/** 533 contacts, two thousand messages, and every blemish. */
export async function blemishedDatabase(): Promise<TestDatabase> {
  const database = await previousDatabase();
  await database.sql.unsafe(story);
  return database;
}
