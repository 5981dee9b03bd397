// What counts as a database that is away, by the errors a real one gives.
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { isConnectionFailure, isUniqueViolation } from "#db/errors.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { withDatabase } from "#db/testing/test-server.ts";

const { db } = await testDatabase();

const raise = (state: string) => `do $$ begin raise exception 'told so' using errcode = '${state}'; end $$`;

for (const state of ["08006", "08P01", "25P03", "53300", "57P01", "57P02", "57P03", "57P04", "57P05"]) {
  test(`${state} is a database that is away`, async () => {
    expect(isConnectionFailure(await failureOf(raise(state)))).toBe(true);
  });
}

// What the query asked, or the state of what it asked about; slow is not away.
for (const state of ["22021", "23505", "40001", "40P01", "42P01", "55000", "55P03", "57014", "P0001"]) {
  test(`${state} is a query that was refused`, async () => {
    const error = await failureOf(raise(state));
    expect(error).toBeInstanceOf(Error);
    expect(isConnectionFailure(error)).toBe(false);
  });
}

test("a refused query that speaks of a connection in its values is no database that is away", async () => {
  expect(isConnectionFailure(await failureOf("select 'connection terminated' from nowhere"))).toBe(false);
});

test("a database that takes no connections at the moment is away, though that is a 55000 too", async () => {
  const closed = await testDatabase();
  const other = postgres(withDatabase(closed.url, "postgres"), { max: 1, onnotice: () => {} });
  const { db: late, close } = connect(closed.url);
  onTestFinished(async () => {
    await close();
    await other.end();
  });
  await other.unsafe(
    `alter database "${new URL(closed.url).pathname.slice(1)}" with allow_connections false`,
  );
  const error = await late.execute("select 1").catch((reason: unknown) => reason);
  expect((error as Error).cause).toMatchObject({ code: "55000" });
  expect(isConnectionFailure(error)).toBe(true);
});

test("a write refused by a constraint is told by the constraint's name", async () => {
  await db.execute("create table once (id integer constraint once_only unique)");
  await db.execute("insert into once values (1)");
  const error = await failureOf("insert into once values (1)");
  expect(isUniqueViolation(error, "once_only")).toBe(true);
  expect(isUniqueViolation(error, "another")).toBe(false);
});

/** What the query fails with. */
function failureOf(query: string): Promise<unknown> {
  return db.execute(query).then(
    () => null,
    (error: unknown) => error,
  );
}
