// Whoever watches an import asks once a second how far it is.
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { getImport } from "#server/imports/queries.ts";
import { runImport, startImport } from "#server/imports/run-import.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";

test("the progress of an import is read without counting its lines", async () => {
  const { db, url } = await testDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  onTestFinished(() => pool.end());
  const asked: string[] = [];
  const watched = drizzle(pool, { logger: { logQuery: (query) => asked.push(query) } });
  const user = await makeSignedIn(db);
  const { id } = await createImport(db, {
    user,
    fileName: "contacts.csv",
    bytes: Buffer.from("tel\n0612340001\n+33 6 12 34 00 02\n0612340003\n12"),
  });
  const columns = { number: 0, dialCode: undefined, firstName: undefined, lastName: undefined };
  await configureImport(db, { user, id, hasHeader: true, country: "FR", columns, categoryIds: [] });
  const look = async () => {
    asked.length = 0;
    const { status, total, toImport, imported } = await getImport(watched, { user, id });
    return { status, total, toImport, imported, counted: asked.some((query) => /import_rows/.test(query)) };
  };
  expect(await look()).toMatchObject({ status: "checking", counted: false });
  await checkImport(db, id);
  expect(await look()).toMatchObject({ status: "ready", total: 4, counted: true });
  await startImport(db, { user, id });
  expect(await look()).toEqual({ status: "importing", total: 4, toImport: 3, imported: 0, counted: false });
  await runImport(db, id, makeEnv());
  expect(await look()).toMatchObject({ status: "done", toImport: 3, imported: 3 });
});
