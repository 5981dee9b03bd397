import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const corrupt = [
  "{}",
  '{"senderId":"one"}',
  '{"senderId":-1}',
  '{"senderId":1.5}',
  "[]",
  '[{"senderId":1},{"senderId":2}]',
  "null",
  '"drain"',
  "42",
];

test("corrupt payloads in front of everything are logged and set aside, and block nobody", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database);
  for (const payload of corrupt) {
    await db.execute(
      sql`select graphile_worker.add_job('drain_sender', payload := ${payload}::json, priority := -10)`,
    );
  }
  // A job of a version to come, or of one long gone.
  await db.execute(
    sql`select graphile_worker.add_job('no_such_task', payload := '{}'::json, priority := -20)`,
  );
  const { campaignId } = await makeLaunched(db, 5, {}, stack.env);
  const worker = await startWorker(stack.env, stack.log, { sweepEveryMs: 100, deadAfterMs: 5_000 });
  try {
    await vi.waitFor(
      async () => {
        const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
        expect(campaign?.status).toBe("completed");
      },
      { timeout: 20_000, interval: 50 },
    );
    const setAside = () => stack.log.lines.filter((line) => line.includes("job set aside"));
    await vi.waitFor(() => expect(setAside()).toHaveLength(corrupt.length), { timeout: 10_000 });
    expect(setAside().every((line) => line.includes('"task":"drain_sender"'))).toBe(true);
    const left = await vi.waitFor(
      async () => {
        const jobs = await queryRows<{ task: string; attempts: number }>(
          db,
          sql`select task_identifier as task, attempts from graphile_worker.jobs`,
        );
        expect(jobs).toHaveLength(1);
        return jobs;
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(left).toEqual([{ task: "no_such_task", attempts: 0 }]);
  } finally {
    await worker.stop();
    await stack.close();
  }
});
