// The promise of the engine, tested the hard way: a worker killed again and again sends nothing twice and loses nothing.

import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorkerProcess } from "#e2e/testing/worker-processes.ts";
import { settledStatuses } from "#server/domain/message-status.ts";
import { countersAndRows, makeLaunched } from "#server/testing/factories.ts";

const kills = 30;
const recipients = 100;
const timings = { sweepEveryMs: 150, deadAfterMs: 900 };

/** The same "random" moments in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("[EX-6.1] thirty kill -9 over a campaign: one Message 1 each, every row settled, counters true", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database, {
    env: { SEND_INTERVAL_MS: "30", RETRY_DELAYS_SECONDS: "1,2,3", SEND_CONCURRENCY: "3" },
  });
  // Twilio has the message at once and answers later: most kills fall between its acceptance and our commit.
  await stack.twilio.fault({ times: null, behaviour: { kind: "slow", ms: 40 } });
  // Some of the lost claims must be found by asking Twilio, not by their callbacks.
  await stack.twilio.fault({ probability: 0.4, seed: 7, behaviour: { kind: "callbacks-lost" } });
  const { campaignId } = await makeLaunched(db, recipients, {}, stack.env);
  const random = randomFrom(20261123);
  const accepted = async () => (await stack.twilio.summary()).messages;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const worker = await startWorkerProcess(stack.variables, timings);
      const target = Math.min((await accepted()) + 1 + Math.floor(random() * 3), recipients);
      await vi.waitFor(async () => expect(await accepted()).toBeGreaterThanOrEqual(target), {
        timeout: 30_000,
        interval: 5,
      });
      await sleep(random() * 45);
      await worker.kill();
    }
    expect(await accepted(), "the kills must fall into the campaign").toBeLessThan(recipients);
    const last = await startWorkerProcess(stack.variables, timings);
    await vi.waitFor(
      async () => {
        const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
        expect(campaign?.status).toBe("completed");
      },
      { timeout: 60_000, interval: 100 },
    );
    await stack.twilio.idle({ timeoutMs: 10_000 });
    expect(await last.stop()).toBe(0);

    const sent = await stack.twilio.messages();
    const perRecipient = new Map<string, number>();
    for (const { to } of sent) perRecipient.set(to, (perRecipient.get(to) ?? 0) + 1);
    expect([...perRecipient].filter(([, count]) => count !== 1)).toEqual([]);
    expect(perRecipient.size).toBe(recipients);
    const rows = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
    expect(
      rows.filter(({ status }) => !(settledStatuses as readonly (string | null)[]).includes(status)),
    ).toEqual([]);
    expect(rows.filter(({ status }) => status === "failed" || status === "cancelled")).toEqual([]);
    const { counters, rows: counted } = await countersAndRows(db, campaignId);
    expect(counters).toEqual(counted);
    const [lost] = await queryRows<{ uncertain: number }>(
      db,
      sql`select count(distinct message_id)::int as uncertain from message_events where type = 'lose'`,
    );
    expect(lost?.uncertain, "some kills must have hit a send in flight").toBeGreaterThan(3);
  } finally {
    await stack.close();
  }
}, 300_000);
