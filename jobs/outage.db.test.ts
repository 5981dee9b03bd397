// A worker never lives and does nothing (design.md 6), whatever happens to its connections.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect, type Database, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startDrillDatabase } from "#e2e/drill/database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
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
  const stack = await startEngineStack(database, {
    env: { SEND_INTERVAL_MS: "4000", TWILIO_TIMEOUT_MS: "1000", RETRY_DELAYS_SECONDS: "1,2,3" },
  });
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
  // A claim may have been committed as its connection went: it is taken up when no request of it can be under way any
  // more, 25 s after the time a request may take (lose-dead-claims.ts), and Twilio asked about it after the delays.
  await vi.waitFor(() => isCompleted(db, campaignId), { timeout: 45_000, interval: 50 });
  expect(await worker.stop()).toBe(0);
  expect(await stack.twilio.messages()).toHaveLength(2);
}, 90_000);

test("a worker whose questions to the database got lost without a word takes jobs again within 30 s", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, { env: { SEND_INTERVAL_MS: "20" } });
  const proxy = await startProxy(database.url);
  onTestFinished(async () => {
    await proxy.close();
    await stack.close();
  });
  const worker = await startWorkerProcess(
    { ...stack.variables, DATABASE_URL: proxy.url, TEST_LOG_LEVEL: "fatal" },
    { sweepEveryMs: 300, deadAfterMs: 60_000 },
  );
  const first = await makeLaunched(db, 5, {}, stack.env);
  await vi.waitFor(() => isCompleted(db, first.campaignId), { timeout: 20_000, interval: 50 });
  proxy.freeze();
  const silence = async () => {
    const [row] = await queryRows<{ seconds: number }>(
      db,
      sql`select extract(epoch from clock_timestamp() - max(heartbeat_at))::float8 as seconds from workers`,
    );
    return row?.seconds;
  };
  await vi.waitFor(async () => expect(await silence()).toBeGreaterThan(3), { timeout: 10_000, interval: 50 });
  proxy.restore();
  const second = await makeLaunched(db, 5, {}, stack.env);
  await vi.waitFor(async () => expect(await stack.twilio.messages()).toHaveLength(10), {
    timeout: 90_000,
    interval: 50,
  });
  const [waited] = await queryRows<{ seconds: number }>(
    db,
    sql`select extract(epoch from min(a.claimed_at) - c.started_at)::float8 as seconds
      from campaigns c join messages m on m.campaign_id = c.id join message_attempts a on a.message_id = m.id
      where c.id = ${second.campaignId} group by c.id`,
  );
  expect(waited?.seconds).toBeLessThan(30);
  // Its sweep may still wait, for up to a minute: nothing that this test is about.
  await worker.kill();
}, 150_000);

/** How long PostgreSQL stays away. */
const outageMs = 3_000;

test("[EX-6.1] PostgreSQL stopped in the middle of a campaign: the worker recovers by itself, and nobody gets it twice", async () => {
  const recipients = 60;
  const database = await startDrillDatabase();
  const { db, close } = connect(database.url, { max: 4, applicationName: "test" });
  // as above: here too a claim may come back 26 s later
  const stack = await startEngineStack(
    { db, url: database.url },
    { env: { SEND_INTERVAL_MS: "50", TWILIO_TIMEOUT_MS: "1000", RETRY_DELAYS_SECONDS: "1,2,3" } },
  );
  onTestFinished(async () => {
    await stack.close();
    await close();
    await database.close();
  });
  const { twilio } = stack;
  // Some answers come while there is no database to store them in.
  await twilio.fault({ times: null, behaviour: { kind: "slow", ms: 150 } });
  const { campaignId } = await makeLaunched(db, recipients, {}, stack.env);
  const log = journal();
  const worker = await startWorkerProcess(
    { ...stack.variables, TEST_LOG_LEVEL: "error" },
    { sweepEveryMs: 2_000, deadAfterMs: 10_000 },
    { output: log.output },
  );
  const accepted = async () => (await twilio.summary()).messages;
  await vi.waitFor(async () => expect(await accepted()).toBeGreaterThan(10), {
    timeout: 10_000,
    interval: 5,
  });
  await database.restart(outageMs, async () => {
    await vi.waitFor(() => expect(log.count("outcome not stored yet")).toBeGreaterThan(0), {
      timeout: 10_000,
    });
  });
  const before = await accepted();
  expect(before, "the outage must fall into the campaign").toBeLessThan(recipients);
  await vi.waitFor(async () => expect(await accepted()).toBeGreaterThan(before), { timeout: 30_000 });
  await vi.waitFor(() => isCompleted(db, campaignId), { timeout: 60_000, interval: 50 });
  await twilio.idle();
  const sent = await twilio.messages();
  expect(new Set(sent.map(({ to }) => to)).size).toBe(recipients);
  expect(sent).toHaveLength(recipients);
  expect((await proveLedger(db, { campaignId })).checks.filter(({ broken }) => broken > 0)).toEqual([]);
  expect(await worker.stop()).toBe(0);
}, 180_000);
