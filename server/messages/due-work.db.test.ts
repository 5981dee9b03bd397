// What the sweep and a drainer that ends take for due: exactly what a claim would take (engine.md 5).
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { senderLanes, senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { pauseCampaign } from "#server/campaigns/pause-campaign.ts";
import { sendersWithDueWork } from "#server/messages/due-work.ts";
import { answer, claimAll, claimNext, makeSenderEnv, unknown } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();

async function freeLanesOf(senderId: number): Promise<number | null> {
  const due = await sendersWithDueWork(db, { lanes: 5 });
  return due.find((sender) => sender.senderId === senderId)?.freeLanes ?? null;
}

test("a sender with a due message is found with its free lanes, until all is claimed", async () => {
  const { senderId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  expect(await freeLanesOf(senderId)).toBe(5);
  await db
    .update(senderLanes)
    .set({ heldUntil: sql`now() + interval '10 seconds'` })
    .where(sql`sender_id = ${senderId} and number <= 3`);
  expect(await freeLanesOf(senderId)).toBe(2);
  await claimAll(db, senderId);
  expect(await freeLanesOf(senderId)).toBeNull();
});

test("nothing is due of a paused sender, a paused campaign, or before its time", async () => {
  const ofSender = await makeLaunched(db, 1, {}, makeSenderEnv());
  await db.update(senders).set({ pauseReason: "account" }).where(eq(senders.id, ofSender.senderId));
  expect(await freeLanesOf(ofSender.senderId)).toBeNull();
  const ofCampaign = await makeLaunched(db, 1, {}, makeSenderEnv());
  await pauseCampaign(db, { campaignId: ofCampaign.campaignId });
  expect(await freeLanesOf(ofCampaign.senderId)).toBeNull();
  const later = await makeLaunched(db, 1, {}, makeSenderEnv());
  await db
    .update(messages)
    .set({ nextAttemptAt: sql`now() + interval '1 minute'` })
    .where(eq(messages.id, later.messageIds[0] as number));
  expect(await freeLanesOf(later.senderId)).toBeNull();
});

test("a message that no claim would take is not due, or drainers would wake each other without end", async () => {
  const { senderId, campaignId, contactIds } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = await claimNext(db, senderId);
  await answer(db, { ...claim, senderId }, unknown);
  const contactId = contactIds[0] as number;
  await db.update(contacts).set({ lastInboundAt: sql`now()` }).where(eq(contacts.id, contactId));
  const [reply] = await db
    .insert(messages)
    .values({
      campaignId,
      contactId,
      senderId,
      messageType: "message_2",
      content: "Merci !",
      toAddress: claim.toAddress,
      fromAddress: claim.fromAddress,
      priority: 0,
      nextAttemptAt: sql`now()`,
    })
    .returning({ id: messages.id });
  expect(await freeLanesOf(senderId), "the recipient has a message of unknown fate").toBeNull();
  await db.update(messages).set({ status: "sent" }).where(eq(messages.id, claim.messageId));
  expect(await freeLanesOf(senderId)).toBe(5);
  await db
    .update(messages)
    .set({ messageType: "message_1" })
    .where(eq(messages.id, reply?.id as number));
  await db.update(campaigns).set({ status: "completed" }).where(eq(campaigns.id, campaignId));
  expect(await freeLanesOf(senderId), "a completed campaign sends no Message 1").toBeNull();
});
