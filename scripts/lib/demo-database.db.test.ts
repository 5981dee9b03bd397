import { afterEach, expect, test, vi } from "vitest";
import { seedDemo } from "#db/seed/demo.ts";
import { emptyDatabase, testDatabase } from "#db/testing/test-database.ts";
import { DemoRefusal, openDemoDatabase } from "#scripts/lib/demo-database.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the demo takes a given database that is empty", async () => {
  const { url } = await emptyDatabase();
  vi.stubEnv("DATABASE_URL", url);
  const demo = await openDemoDatabase({ reset: false });
  expect(demo.url).toBe(url);
  await demo.close();
});

test("the demo takes a given database that already holds it", async () => {
  const { db, url } = await testDatabase();
  await seedDemo(db);
  vi.stubEnv("DATABASE_URL", url);
  const demo = await openDemoDatabase({ reset: false });
  await demo.close();
});

test("the demo refuses a given database with anything else in it, and leaves it alone", async () => {
  const { sql, url } = await testDatabase();
  await sql`insert into users (email, password_hash, role) values ('real@example.org', '-', 'super_admin')`;
  vi.stubEnv("DATABASE_URL", url);
  await expect(openDemoDatabase({ reset: false })).rejects.toThrow(DemoRefusal);
  expect(await sql`select email from users`).toEqual([{ email: "real@example.org" }]);
});

test("--reset never empties a given database", async () => {
  const { db, sql, url } = await testDatabase();
  await seedDemo(db);
  vi.stubEnv("DATABASE_URL", url);
  await expect(openDemoDatabase({ reset: true })).rejects.toThrow(/--reset n'efface que la base embarquée/);
  expect(await sql`select from users`).not.toHaveLength(0);
});

test("a second demo on the same database is refused while the first one runs", async () => {
  const { url } = await emptyDatabase();
  vi.stubEnv("DATABASE_URL", url);
  const first = await openDemoDatabase({ reset: false });
  await expect(openDemoDatabase({ reset: false })).rejects.toThrow(/tourne déjà/);
  await first.close();
  const second = await openDemoDatabase({ reset: false });
  await second.close();
});
