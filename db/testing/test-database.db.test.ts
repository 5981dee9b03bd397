import postgres from "postgres";
import { expect, test } from "vitest";
import { emptyDatabase, testDatabase } from "#db/testing/test-database.ts";

test("a clone is migrated and shared with no other test", async () => {
  const [first, second] = [await testDatabase(), await testDatabase()];
  await first.sql`insert into categories (name) values ('VIP')`;
  expect(await first.sql`select name from categories`).toEqual([{ name: "VIP" }]);
  expect(await second.sql`select name from categories`).toEqual([]);
});

test("an empty database has no table", async () => {
  const { sql } = await emptyDatabase();
  expect(await sql`select from information_schema.tables where table_schema = 'public'`).toHaveLength(0);
});

test.fails("a connection that is left open fails the test", async () => {
  const { url } = await testDatabase();
  await postgres(url, { max: 1 })`select 1`;
});

test.fails("a console.error that nobody expects fails the test", () => {
  console.error("boom");
});
