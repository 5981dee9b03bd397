// The production worker, started as `npm run worker` starts it, and told to stop.
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startChild } from "#scripts/lib/children.ts";
import { makeLaunched, testVariables } from "#server/testing/factories.ts";

test("[EX-6.5] at SIGTERM the request in flight is finished and recorded, nothing else is begun, code 0 within 20 s", async () => {
  const database = await testDatabase();
  const { db } = database;
  // No status ever comes: what the row says, the worker has stored.
  const stack = await startEngineStack(database, {
    env: { SEND_INTERVAL_MS: "100", SEND_CONCURRENCY: "1" },
    simulator: { autoProgress: false },
  });
  await stack.twilio.fault({ times: null, behaviour: { kind: "slow", ms: 3_000 } });
  const { campaignId } = await makeLaunched(db, 5, {}, stack.env);
  const lines: string[] = [];
  const worker = startChild({
    name: "worker",
    command: ["worker"],
    env: { NODE_ENV: "production", DATABASE_DIRECT_URL: "", ...stack.variables },
    onLine: (line) => lines.push(line),
  });
  try {
    await vi.waitFor(async () => expect(await stack.twilio.messages()).toHaveLength(1), {
      timeout: 20_000,
      interval: 10,
    });
    const told = performance.now();
    worker.kill("SIGTERM");
    expect(await worker.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - told).toBeLessThan(20_000);
    expect(performance.now() - told, "the answer takes three seconds").toBeGreaterThan(1_000);
    const [sent] = await stack.twilio.messages();
    const rows = await db
      .select({ status: messages.status, sid: messages.whatsappMessageId })
      .from(messages)
      .where(eq(messages.campaignId, campaignId))
      .orderBy(messages.id);
    expect(rows).toEqual([
      { status: "sent", sid: sent?.sid },
      ...Array(4).fill({ status: "pending", sid: null }),
    ]);
    await vi.waitFor(() => expect(lines.at(-1)).toContain("worker stopped"), { timeout: 5_000 });
  } finally {
    await worker.stop();
    await stack.close();
  }
}, 60_000);

test("a worker started before its database waits for it, and ends with 0 when it is told to meanwhile", async () => {
  const lines: string[] = [];
  const nowhere = "postgres://relance@127.0.0.1:1/relance";
  const worker = startChild({
    name: "worker",
    command: ["worker"],
    env: { NODE_ENV: "production", ...testVariables, DATABASE_URL: nowhere, DATABASE_DIRECT_URL: "" },
    onLine: (line) => lines.push(line),
  });
  try {
    await vi.waitFor(() => expect(lines.join("")).toContain("worker waits for the database"), {
      timeout: 20_000,
    });
    worker.kill("SIGTERM");
    expect(await worker.ended).toEqual({ code: 0, signal: null });
  } finally {
    await worker.stop();
  }
}, 60_000);
