import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { campaigns } from "#db/schema/campaigns.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { countersAndRows, makeLaunched } from "#server/testing/factories.ts";

test("[EX-6.1] [EX-6.5] [EX-6.6] a campaign goes out by itself, is delivered, read and completed", async () => {
  const database = await testDatabase();
  const { db } = database;
  const stack = await startEngineStack(database);
  const { campaignId } = await makeLaunched(db, 20, {}, stack.env);
  const worker = await startWorker(stack.env, stack.log, { sweepEveryMs: 100, deadAfterMs: 5_000 });
  try {
    await vi.waitFor(
      async () => {
        const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
        expect(campaign?.readCount).toBe(20);
        expect(campaign?.status).toBe("completed");
      },
      { timeout: 20_000, interval: 50 },
    );
    const sent = await stack.twilio.messages();
    expect(sent).toHaveLength(20);
    const rows = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
    expect(new Set(rows.map((row) => row.whatsappMessageId))).toEqual(new Set(sent.map(({ sid }) => sid)));
    const { counters, rows: counted } = await countersAndRows(db, campaignId);
    expect(counters).toEqual(counted);
  } finally {
    await worker.stop();
    await stack.close();
  }
});
