import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const intervalMs = 100;
const sends = 60;

test("[EX-6.2] three workers together never send closer than the interval, and leave no slot unused", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, { env: { SEND_INTERVAL_MS: String(intervalMs) } });
  const timings = { sweepEveryMs: 200, deadAfterMs: 5_000 };
  const workers = await Promise.all([1, 2, 3].map(() => startWorkerProcess(stack.variables, timings)));
  try {
    await makeLaunched(db, sends, {}, stack.env);
    await vi.waitFor(async () => expect((await stack.twilio.summary()).messages).toBe(sends), {
      timeout: 30_000,
      interval: 50,
    });
    // The database's own clock and arithmetic: microseconds, which a JavaScript Date would cut off.
    const gaps = await queryRows<{ gap_ms: number; workers: number }>(
      db,
      sql`
      select (extract(epoch from slot_at - lag(slot_at) over (order by slot_at)) * 1000)::float8 as gap_ms,
        (select count(distinct worker_id)::int from message_attempts) as workers
      from message_attempts order by slot_at offset 1`,
    );
    expect(gaps).toHaveLength(sends - 1);
    expect(gaps.filter(({ gap_ms: gap }) => gap < intervalMs)).toEqual([]);
    // A slot granted late means that nobody asked for it in time: rare with several waiting for it.
    const average = gaps.reduce((sum, { gap_ms: gap }) => sum + gap, 0) / gaps.length;
    expect(average).toBeLessThan(intervalMs * 1.5);
    expect(gaps[0]?.workers).toBeGreaterThan(1);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await stack.close();
  }
}, 60_000);
