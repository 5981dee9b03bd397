// Pause, cancel, retry, claims, answers and callbacks of one campaign at once, each on a connection of its own: no
// deadlock, no claim after a pause has returned, nothing lost (engine.md 3 and 6).
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, type Database } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import { completeCampaigns } from "#server/campaigns/complete-campaigns.ts";
import { pauseCampaign } from "#server/campaigns/pause-campaign.ts";
import { resumeCampaign } from "#server/campaigns/resume-campaign.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import {
  accepted,
  answer,
  callBack,
  campaignRow,
  claimNext,
  lockWaiters,
  makeSenderEnv,
  makeSid,
  refused,
  statusCounts,
  testWorker,
} from "#server/testing/engine.ts";
import { countersAndRows, makeLaunched } from "#server/testing/factories.ts";

const { db, url } = await testDatabase();

/** What a worker does, over and over until nothing is due: claim, answer, callbacks, some of them bad. */
async function work(own: Database, senderId: number, claimedAll: number[]): Promise<void> {
  for (;;) {
    const claim = await claimMessage(own, { senderId, workerId: testWorker, windowHours: 24 });
    if (claim.verdict === "wait") {
      // After a 63018 the sender holds still for 3 s, which is not what is tried here.
      await own.update(senders).set({ nextSlotAt: sql`now()` }).where(eq(senders.id, senderId));
      continue;
    }
    if (claim.verdict !== "claimed") return;
    claimedAll.push(claim.messageId);
    const sid = makeSid();
    const of = { ...claim, senderId };
    const code = [null, 63016, null, 63018][claim.messageId % 4] ?? null;
    const status = code ? "failed" : "read";
    await Promise.all([
      answer(own, of, claim.messageId % 7 === 0 ? refused(63024) : accepted(sid)),
      callBack(db, claim.attemptId, { sid, status: "sent" }),
      callBack(db, claim.attemptId, { sid, status, errorCode: code }),
    ]);
  }
}

/** Whoever comes second finds the campaign moved on: that is an answer, anything else is a bug. */
const wrongStatus = (error: { code?: string }) => {
  if (error.code !== "campaign.wrong_status") throw error;
};

test("many rounds of claims, answers, callbacks, pauses and a cancel deadlock never and lose nothing", async () => {
  const connections = Array.from({ length: 6 }, () => connect(url, { max: 2, applicationName: "racer" }));
  try {
    for (let round = 0; round < 12; round += 1) {
      const { campaignId, senderId, messageIds } = await makeLaunched(db, 30, {}, makeSenderEnv());
      const claimed: number[] = [];
      const [admin, other, ...workers] = connections.map((connection) => connection.db) as [
        Database,
        Database,
        ...Database[],
      ];
      await Promise.all([
        ...workers.map((own) => work(own, senderId, claimed)),
        (async () => {
          for (let turn = 0; turn < 4; turn += 1) {
            await pauseCampaign(admin, { campaignId }).catch(wrongStatus);
            await resumeCampaign(admin, { campaignId }).catch(wrongStatus);
          }
        })(),
        (async () => {
          await completeCampaigns(other);
          await retryFailed(other, { campaignId }).catch(wrongStatus);
          if (round % 2 === 0) await cancelCampaign(other, { campaignId }).catch(wrongStatus);
        })(),
      ]);
      if ((await campaignRow(db, campaignId)).status === "paused") await resumeCampaign(db, { campaignId });
      await work(db, senderId, claimed);
      const counts = await statusCounts(db, campaignId);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(messageIds.length);
      expect(counts.sending ?? 0).toBe(0);
      const { counters, rows } = await countersAndRows(db, campaignId);
      expect(counters).toEqual(rows);
      if ((await campaignRow(db, campaignId)).status === "cancelled") expect(counts.pending ?? 0).toBe(0);
      const attempts = await db
        .select({ id: messageAttempts.id })
        .from(messageAttempts)
        .where(inArray(messageAttempts.messageId, messageIds));
      expect(attempts).toHaveLength(claimed.length);
    }
  } finally {
    await Promise.all(connections.map(({ close }) => close()));
  }
}, 60_000);

test("no claim commits after a pause has returned", async () => {
  for (let round = 0; round < 15; round += 1) {
    const { campaignId, senderId, messageIds } = await makeLaunched(db, 40, {}, makeSenderEnv());
    let paused = false;
    const claimed = { before: 0, after: 0 };
    const claimer = async () => {
      for (;;) {
        const claim = await claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });
        if (claim.verdict !== "claimed") return;
        claimed[paused ? "after" : "before"] += 1;
      }
    };
    const claimers = [claimer(), claimer(), claimer()];
    await pauseCampaign(db, { campaignId });
    // By the clock of the database, which the claims are stamped with.
    const [{ at } = { at: new Date(0) }] = await db
      .select({ at: sql<Date>`clock_timestamp()`.mapWith(messageAttempts.claimedAt) })
      .from(campaigns)
      .where(eq(campaigns.id, campaignId));
    paused = true;
    await Promise.all(claimers);
    const late = await db
      .select({ id: messageEvents.id })
      .from(messageEvents)
      .where(
        and(
          inArray(messageEvents.messageId, messageIds),
          eq(messageEvents.type, "claim"),
          gt(messageEvents.at, at),
        ),
      );
    expect(late).toEqual([]);
    expect((await statusCounts(db, campaignId)).sending ?? 0).toBe(claimed.before + claimed.after);
  }
});

test("a pause waits for a claim that has begun, and a claim that waits for a pause takes nothing", async () => {
  const { campaignId, senderId } = await makeLaunched(db, 2, {}, makeSenderEnv());
  let pausing: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await claimMessage(tx, { senderId, workerId: testWorker, windowHours: 24 });
    pausing = pauseCampaign(db, { campaignId });
    await lockWaiters(db, 1);
    expect((await campaignRow(db, campaignId)).status).toBe("sending");
  });
  await pausing;
  expect(await statusCounts(db, campaignId)).toEqual({ sending: 1, pending: 1 });
  await resumeCampaign(db, { campaignId });
  let claiming: ReturnType<typeof claimMessage> | undefined;
  await db.transaction(async (tx) => {
    await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
    claiming = claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });
    await lockWaiters(db, 1);
    await tx.update(campaigns).set({ status: "paused" }).where(eq(campaigns.id, campaignId));
  });
  expect(await claiming).toEqual({ verdict: "idle" });
});

test("a cancel and the answer of a message in flight do not wait for each other", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { campaignId, senderId, messageIds } = await makeLaunched(db, 5, {}, makeSenderEnv());
    const claims = [await claimNext(db, senderId), await claimNext(db, senderId)];
    await Promise.all([
      cancelCampaign(db, { campaignId }),
      ...claims.map((claim, index) =>
        answer(db, { ...claim, senderId }, index === 0 ? accepted(makeSid()) : refused(20429, 429)),
      ),
    ]);
    const counts = await statusCounts(db, campaignId);
    expect(counts).toEqual({ sent: 1, cancelled: 4 });
    const rows = await db
      .select({ due: messages.nextAttemptAt })
      .from(messages)
      .where(inArray(messages.id, messageIds));
    expect(rows.filter(({ due }) => due !== null)).toEqual([]);
  }
});

test("paused and resumed by two people at once, the campaign moves once and tells the other", async () => {
  const { campaignId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const both = await Promise.allSettled([
    pauseCampaign(db, { campaignId }),
    pauseCampaign(db, { campaignId }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await campaignRow(db, campaignId)).status).toBe("paused");
});
