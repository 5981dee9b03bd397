// A worker never lives and does nothing (design.md 6), whatever happens to its connections.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Database, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { startProxy } from "#server/testing/proxy.ts";

/** A file for what a worker writes. */
function journal() {
  const folder = mkdtempSync(join(tmpdir(), "relance-outage-"));
  const file = join(folder, "worker.log");
  const output = openSync(file, "w");
  onTestFinished(() => {
    closeSync(output);
    rmSync(folder, { recursive: true });
  });
  const count = (text: string) => readFileSync(file, "utf8").split(text).length - 1;
  return { output, count };
}

const isCompleted = async (db: Database, campaignId: number) => {
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  expect(campaign?.status).toBe("completed");
};

test("a queue whose jobs failed one by one when the database went away takes jobs again, and stops when told to", async () => {
  const database = await testDatabase();
  const { db } = database;
  // Between two messages the drainers wait, each on its own.
  const stack = await startEngineStack(database, { env: { SEND_INTERVAL_MS: "4000" } });
  const proxy = await startProxy(database.url);
  onTestFinished(async () => {
    await proxy.close();
    await stack.close();
  });
  const { senderId, campaignId } = await makeLaunched(db, 2, {}, stack.env);
  const log = journal();
  const worker = await startWorkerProcess(
    { ...stack.variables, DATABASE_URL: proxy.url, TEST_LOG_LEVEL: "error" },
    { sweepEveryMs: 500, deadAfterMs: 60_000 },
    { output: log.output },
  );
  const lanesHeld = async () => {
    const [row] = await queryRows<{ count: number }>(
      db,
      sql`select count(*)::int as count from sender_lanes where held_until > clock_timestamp()`,
    );
    return row?.count ?? 0;
  };
  for (const lanes of [2, 3, 4]) {
    await enqueue(db, "drain_sender", { senderId });
    await vi.waitFor(async () => expect(await lanesHeld()).toBeGreaterThanOrEqual(lanes), {
      timeout: 10_000,
    });
  }
  proxy.cut();
  await vi.waitFor(() => expect(log.count("Failed to fail jobs")).toBeGreaterThan(1), { timeout: 10_000 });
  proxy.restore();
  await vi.waitFor(() => isCompleted(db, campaignId), { timeout: 20_000, interval: 50 });
  expect(await worker.stop()).toBe(0);
  expect(await stack.twilio.messages()).toHaveLength(2);
}, 60_000);
