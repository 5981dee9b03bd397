import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const wrongClock = fileURLToPath(new URL("../e2e/testing/wrong-clock.ts", import.meta.url));
const intervalMs = 100;
const sends = 30;

test("[EX-6.2] [EX-6.3] workers an hour ahead, an hour behind and with a clock that jumps keep slots and retry times", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, {
    env: { SEND_INTERVAL_MS: String(intervalMs), RETRY_DELAYS_SECONDS: "1,2,3" },
  });
  const [before] = await queryRows<{ at: string }>(db, sql`select clock_timestamp()::text as at`);
  const workers = await Promise.all(
    ["+3600000", "-3600000", "jumps"].map((clock) =>
      startWorkerProcess(
        { ...stack.variables, TEST_CLOCK: clock },
        { sweepEveryMs: 200, deadAfterMs: 5_000 },
        { preload: wrongClock },
      ),
    ),
  );
  try {
    const { campaignId, contactIds } = await makeLaunched(db, sends, {}, stack.env);
    await stack.twilio.fault({ behaviour: { kind: "http-error", status: 429, code: 20429 } });
    await stack.twilio.fault({ behaviour: { kind: "http-error", status: 503 }, times: 2 });
    await vi.waitFor(
      async () => {
        const [campaign] = await queryRows<{ status: string }>(
          db,
          sql`select status from campaigns where id = ${campaignId}`,
        );
        expect(campaign?.status).toBe("completed");
      },
      { timeout: 40_000, interval: 100 },
    );
    expect(await stack.twilio.messages()).toHaveLength(contactIds.length);

    const slots = await queryRows<{ gap_ms: number }>(
      db,
      sql`select (extract(epoch from slot_at - lag(slot_at) over (order by slot_at)) * 1000)::float8 as gap_ms
        from message_attempts order by slot_at offset 1`,
    );
    expect(slots.filter(({ gap_ms: gap }) => gap < intervalMs)).toEqual([]);

    const retries = await queryRows<{ outcome: string; after: number }>(
      db,
      sql`select first.outcome, extract(epoch from second.claimed_at - first.claimed_at)::float8 as after
        from message_attempts first
        join message_attempts second on second.message_id = first.message_id and second.number = first.number + 1
        where first.outcome in ('retryable', 'absent') order by first.outcome`,
    );
    // Refused by 429: one second later. Nobody knows: Twilio is asked after 1, 2 and 3 s, and has no such message.
    expect(retries.map(({ outcome }) => outcome)).toEqual(["absent", "absent", "retryable"]);
    const [absent, alsoAbsent, refused] = retries.map(({ after }) => after);
    for (const after of [absent, alsoAbsent]) expect(after).toBeGreaterThan(3);
    expect(refused).toBeGreaterThan(1);
    expect(Math.max(...retries.map(({ after }) => after))).toBeLessThan(20);

    const [wrong] = await queryRows<{ count: number }>(
      db,
      sql`select count(*)::int as count from (
          select unnest(array[claimed_at, slot_at, requested_at, answered_at]) as at from message_attempts
          union all select at from message_events
          union all select heartbeat_at from workers
          union all select unnest(array[sent_at, delivered_at, failed_at]) at time zone 'UTC' from messages) times
        where at not between ${before?.at}::timestamptz and clock_timestamp() + interval '1 second'`,
    );
    expect(wrong?.count, "times stored by a wrong clock").toBe(0);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await stack.close();
  }
}, 90_000);
