// Twilio answers 503 for longer than all three retry delays (engine.md 7 and 8).
import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import { statusCounts } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const timings = { sweepEveryMs: 100, deadAfterMs: 5_000 };
const settings = { SEND_INTERVAL_MS: "20", RETRY_DELAYS_SECONDS: "0.2,0.4,0.6", SEND_CONCURRENCY: "2" };

/** The number of requests of a kind Twilio has had so far. */
async function requests(
  twilio: Awaited<ReturnType<typeof startEngineStack>>["twilio"],
  kind: "create" | "list" | "account",
): Promise<number> {
  const all = await twilio.requests();
  return all.filter(({ method, path }) => {
    if (kind === "create") return method === "POST";
    return method === "GET" && path.endsWith("/Messages.json") === (kind === "list");
  }).length;
}

test("nobody is given up and nobody sent to twice while Twilio answers 503; when it is back all goes on by itself", async () => {
  const recipients = 25;
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, { env: settings });
  const { twilio } = stack;
  // The first three have reached it all the same, and it never says so.
  await twilio.fault({ times: 3, behaviour: { kind: "callbacks-lost" } });
  await twilio.fault({ times: 3, behaviour: { kind: "http-error", status: 503, accepted: true } });
  const down = await twilio.fault({
    request: "any",
    times: null,
    behaviour: { kind: "http-error", status: 503 },
  });
  const { campaignId, senderId } = await makeLaunched(db, recipients, {}, stack.env);
  const worker = await startWorkerProcess(stack.variables, timings);
  const pauseReason = async () => {
    const [sender] = await db.select().from(senders).where(eq(senders.id, senderId));
    return sender?.pauseReason;
  };
  /** Looks and probes are postponed by half a minute and a minute: their time has come. */
  const passTime = async () => {
    await db
      .update(messages)
      .set({ nextCheckAt: sql`clock_timestamp()` })
      .where(eq(messages.status, "uncertain"));
    await db
      .update(senders)
      .set({ nextProbeAt: sql`clock_timestamp()` })
      .where(eq(senders.pauseReason, "twilio_unreachable"));
  };
  try {
    await vi.waitFor(async () => expect(await pauseReason()).toBe("twilio_unreachable"), { timeout: 15_000 });
    const asked = await vi.waitFor(
      async () => {
        const counts = await statusCounts(db, campaignId);
        expect(counts.sending, "requests in flight end").toBeUndefined();
        return counts;
      },
      { timeout: 10_000 },
    );
    expect(asked.uncertain).toBeGreaterThanOrEqual(10);
    expect((asked.uncertain ?? 0) + (asked.pending ?? 0)).toBe(recipients);
    for (let round = 1; round <= 6; round += 1) {
      const looks = await requests(twilio, "list");
      const probes = await requests(twilio, "account");
      await passTime();
      await vi.waitFor(
        async () => {
          expect(await requests(twilio, "list")).toBeGreaterThan(looks);
          expect(await requests(twilio, "account")).toBeGreaterThan(probes);
        },
        { timeout: 10_000, interval: 20 },
      );
    }
    expect(await statusCounts(db, campaignId)).toEqual(asked);
    expect(await requests(twilio, "create")).toBe(asked.uncertain);
    const [used] = await queryRows<{ retries: number }>(
      db,
      sql`select max(retry_count)::int as retries from messages where campaign_id = ${campaignId}`,
    );
    expect(used?.retries).toBe(0);

    await twilio.removeFault(down.id);
    await passTime();
    await vi.waitFor(
      async () => {
        await passTime();
        const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
        expect(campaign).toMatchObject({ status: "completed", failedCount: 0, sentCount: recipients });
      },
      { timeout: 20_000, interval: 200 },
    );
    const sent = await twilio.messages();
    expect(new Set(sent.map(({ to }) => to)).size).toBe(recipients);
    expect(sent).toHaveLength(recipients);
    expect((await proveLedger(db, { campaignId })).checks.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(await worker.stop()).toBe(0);
  } finally {
    await worker.kill();
    await stack.close();
  }
}, 90_000);

test("[EX-6.4] what is answered 503 at every attempt fails for good after its third retry, not before", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, { env: settings });
  await stack.twilio.fault({ times: null, behaviour: { kind: "http-error", status: 503 } });
  const { campaignId } = await makeLaunched(db, 2, {}, stack.env);
  const worker = await startWorkerProcess(stack.variables, timings);
  try {
    await vi.waitFor(async () => expect(await statusCounts(db, campaignId)).toEqual({ failed: 2 }), {
      timeout: 30_000,
      interval: 50,
    });
    const rows = await queryRows<{ retries: number; attempts: number; looks: number; error: string }>(
      db,
      sql`
      select m.retry_count as retries, m.error_message as error,
        (select count(*)::int from message_attempts a where a.message_id = m.id and a.outcome = 'absent') as attempts,
        (select count(*)::int from message_events e where e.message_id = m.id and e.type = 'look') as looks
      from messages m where m.campaign_id = ${campaignId}`,
    );
    expect(rows).toEqual(Array(2).fill({ retries: 3, attempts: 4, looks: 12, error: "absent_at_twilio" }));
    expect(await stack.twilio.messages()).toEqual([]);
    expect(await worker.stop()).toBe(0);
  } finally {
    await worker.kill();
    await stack.close();
  }
}, 60_000);
