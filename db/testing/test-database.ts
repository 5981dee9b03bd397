// What a database test asks for: a database of its own, migrated or empty, that disappears with the test.
import postgres from "postgres";
import { afterAll, expect, inject, onTestFinished } from "vitest";
import { connect, type Database } from "#db/client.ts";
import { databaseOf, withDatabase } from "#db/testing/test-server.ts";

export type TestDatabase = {
  db: Database;
  /** for further connections, which the test must close itself: one left open fails it */
  url: string;
  /** for the test's own SQL, on connections that Drizzle does not touch */
  sql: postgres.Sql;
};

let count = 0;

/**
 * A clone of the migrated template. Called in a test it lives as long as the test; called at the top of a file
 * (`const { db } = await testDatabase();`) the tests of the file share it.
 */
export function testDatabase(): Promise<TestDatabase> {
  return open(inject("testServer").template);
}

/** A database without any table, for tests of the migrations. */
export function emptyDatabase(): Promise<TestDatabase> {
  return open("template0");
}

async function open(template: string): Promise<TestDatabase> {
  const { serverUrl, run } = inject("testServer");
  count += 1;
  const name = databaseOf(run, `${process.pid}_${count}`);
  await onServer(serverUrl, (server) => server.unsafe(`create database "${name}" template "${template}"`));
  const url = withDatabase(serverUrl, name);
  const { db, close } = connect(url, { max: 10, applicationName: "test" });
  const sql = postgres(url, { max: 10, onnotice: () => {}, connection: { TimeZone: "UTC" } });
  const drop = async () => {
    await Promise.all([close(), sql.end({ timeout: 5 })]);
    await onServer(serverUrl, async (server) => {
      const leaked = await connectionsTo(name, server);
      await server.unsafe(`drop database if exists "${name}" with (force)`);
      if (leaked.length > 0) throw new Error(`connections left open:\n${leaked.join("\n")}`);
    });
  };
  if (expect.getState().currentTestName === undefined) afterAll(drop);
  else onTestFinished(drop);
  return { db, url, sql };
}

/** The server notices the end of a connection a moment after us. */
async function connectionsTo(name: string, server: postgres.Sql): Promise<string[]> {
  const deadline = Date.now() + 2000;
  for (;;) {
    const open = await server<{ line: string }[]>`
      select concat_ws(' ', application_name, state, left(query, 100)) as line
      from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`;
    if (open.length === 0 || Date.now() > deadline) return open.map(({ line }) => line);
    await server`select pg_sleep(0.02)`;
  }
}

async function onServer(serverUrl: string, work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await work(server);
  } finally {
    await server.end({ timeout: 5 });
  }
}
