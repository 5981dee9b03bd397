// Supabase's transaction pooler: what one client sets or prepares on a connection, the next one finds or misses there.
import { sql } from "drizzle-orm";
import { expect, onTestFinished, type TestContext, test, vi } from "vitest";
import { connect, queryRows } from "#db/client.ts";
import { findPgbouncer, startPgbouncer } from "#db/testing/pgbouncer.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { campaignRow } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const found = findPgbouncer();

/** A database of which one half of what connects goes by way of a pooler with few connections. */
async function pooled({ skip }: TestContext, connections: number) {
  if ("missing" in found) return skip(found.missing);
  const database = await testDatabase();
  // Supabase's is UTC; nothing may depend on it
  await database.sql.unsafe(
    `alter database "${new URL(database.url).pathname.slice(1)}" set timezone to 'Asia/Tokyo'`,
  );
  const pooler = await startPgbouncer(found.path, database.url, { connections, mode: "transaction" });
  const { db, close } = connect(pooler.url, { max: 10, applicationName: "test" });
  onTestFinished(async () => {
    await close();
    await pooler.close();
  });
  return { db, direct: database, url: pooler.url };
}

test("many transactions at once over two connections each have theirs to themselves, in UTC", async (context) => {
  const { db } = await pooled(context, 2);
  const one = (number: number) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('relance.test', ${String(number)}, true)`);
      const [row] = await queryRows<{ seen: string; zone: string; path: string; pid: number }>(
        tx,
        sql`select current_setting('relance.test') as seen, current_setting('timezone') as zone,
          current_setting('search_path') as path, pg_backend_pid() as pid, pg_sleep(0.01)`,
      );
      return row;
    });
  const rows = await Promise.all(Array.from({ length: 60 }, (_, number) => one(number)));
  expect(rows.map((row) => Number(row?.seen))).toEqual(rows.map((_, number) => number));
  expect(new Set(rows.map((row) => row?.zone))).toEqual(new Set(["UTC"]));
  expect(new Set(rows.map((row) => row?.pid)).size).toBeLessThanOrEqual(2);
});

test("a campaign goes out with the worker on the direct address and everything else on the pooler", async (context) => {
  const { db, direct, url } = await pooled(context, 3);
  const stack = await startEngineStack(
    { db, url },
    { env: { DATABASE_URL: url, DATABASE_DIRECT_URL: direct.url } },
  );
  const { campaignId } = await makeLaunched(db, 30, {}, stack.env);
  const worker = await startWorker(stack.env, stack.log, { sweepEveryMs: 100, deadAfterMs: 5_000 });
  try {
    await vi.waitFor(
      async () => {
        expect(await campaignRow(db, campaignId)).toMatchObject({ status: "completed", readCount: 30 });
      },
      { timeout: 20_000, interval: 50 },
    );
    expect(await stack.twilio.messages()).toHaveLength(30);
    const [at] = await queryRows<{ late: number }>(
      db,
      sql`select max(abs(extract(epoch from sent_at - (now() at time zone 'UTC'))))::float8 as late from messages`,
    );
    expect(at?.late).toBeLessThan(60);
  } finally {
    await worker.stop();
    await stack.close();
  }
});
