// engine.md 5 and 6: which message goes next, who may take it, and what a slot costs.
import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connect, type Database, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { pauseCampaign } from "#server/campaigns/pause-campaign.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import {
  accepted,
  answer,
  claimAll,
  claimNext,
  eventsOf,
  makeSenderEnv,
  makeSid,
  messageRow,
  senderRow,
  testWorker,
  unknown,
} from "#server/testing/engine.ts";
import { type LaunchedCampaign, makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db, url } = await testDatabase();
const claim = (senderId: number) => claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });

/** Free text that is due for one of the campaign's contacts, who wrote just now. */
async function makeFreeText(
  { campaignId, contactIds, senderId }: LaunchedCampaign,
  patch: Partial<typeof messages.$inferInsert> = {},
): Promise<number> {
  const contactId = patch.contactId ?? (contactIds[0] as number);
  const [contact] = await db
    .update(contacts)
    .set({ lastInboundAt: sql`now()` })
    .where(eq(contacts.id, contactId))
    .returning();
  const [made] = await db
    .insert(messages)
    .values({
      campaignId,
      contactId,
      senderId,
      messageType: "message_2",
      content: "Merci !",
      toAddress: `whatsapp:${contact?.fullNumber}`,
      fromAddress: "whatsapp:+14155238886",
      priority: 0,
      nextAttemptAt: sql`now()`,
      ...patch,
    })
    .returning({ id: messages.id });
  return made?.id as number;
}

describe("slots", () => {
  test("[EX-2.3] are an interval apart, and asking too early takes none", async () => {
    const { senderId } = await makeLaunched(db, 2, {}, makeSenderEnv({ SEND_INTERVAL_MS: "3000" }));
    const first = await claimNext(db, senderId);
    const { nextSlotAt } = await senderRow(db, senderId);
    const early = await claim(senderId);
    expect(early).toEqual({ verdict: "wait", waitMs: expect.any(Number) });
    expect(early.verdict === "wait" && early.waitMs).toBeGreaterThan(1_000);
    expect((await senderRow(db, senderId)).nextSlotAt).toEqual(nextSlotAt);
    await db.update(senders).set({ nextSlotAt: sql`now()` }).where(eq(senders.id, senderId));
    const second = await claimNext(db, senderId);
    const gaps = await queryRows<{ ms: number }>(
      db,
      sql`select (extract(epoch from s.next_slot_at - a.slot_at) * 1000)::float8 as ms
        from message_attempts a, senders s where s.id = ${senderId} and a.id = ${second.attemptId}::uuid`,
    );
    expect(gaps).toEqual([{ ms: 3000 }]);
    expect(second.messageId).not.toBe(first.messageId);
  });

  test("of less than a second keep their schedule, with a quarter of an interval of credit at most", async () => {
    const { senderId } = await makeLaunched(db, 3, {}, makeSenderEnv({ SEND_INTERVAL_MS: "400" }));
    const slotAfter = async (nextSlot: ReturnType<typeof sql>) => {
      await db.update(senders).set({ nextSlotAt: nextSlot }).where(eq(senders.id, senderId));
      const { attemptId } = await claimNext(db, senderId);
      const [late] = await queryRows<{ ms: number }>(
        db,
        sql`select (extract(epoch from claimed_at - slot_at) * 1000)::float8 as ms
          from message_attempts where id = ${attemptId}::uuid`,
      );
      return late?.ms;
    };
    expect(await slotAfter(sql`clock_timestamp() - interval '1 hour'`)).toBe(100);
    const justDue = await slotAfter(sql`clock_timestamp()`);
    expect(justDue).toBeGreaterThan(0);
    expect(justDue).toBeLessThanOrEqual(100);
  });

  test("are not used when nothing may be sent", async () => {
    const { senderId, campaignId } = await makeLaunched(
      db,
      1,
      {},
      makeSenderEnv({ SEND_INTERVAL_MS: "3000" }),
    );
    await pauseCampaign(db, { campaignId });
    const { nextSlotAt } = await senderRow(db, senderId);
    expect(await claim(senderId)).toEqual({ verdict: "idle" });
    expect((await senderRow(db, senderId)).nextSlotAt).toEqual(nextSlotAt);
  });
});

describe("what changed between launch and claim", () => {
  for (const [what, patch, reason] of [
    ["deleted", { deletedAt: sql`now()` }, "contact_deleted"],
    ["opted out", { optedOutAt: sql`now()` }, "opted_out"],
    ["flagged", { flag: "duplicate" }, "contact_flagged"],
  ] as const) {
    test(`a contact ${what} is skipped with the reason, and the slot goes to the next`, async () => {
      const launched = await makeLaunched(db, 2, {}, makeSenderEnv({ SEND_INTERVAL_MS: "3000" }));
      const [gone, next] = launched.messageIds as [number, number];
      await db
        .update(contacts)
        .set(patch)
        .where(eq(contacts.id, launched.contactIds[0] as number));
      expect((await claimNext(db, launched.senderId)).messageId).toBe(next);
      expect(await messageRow(db, gone)).toMatchObject({ status: "skipped", reason, attempt: 0 });
      expect(await eventsOf(db, gone)).toMatchObject([
        { type: "recheck", fromStatus: "pending", toStatus: "skipped", data: { reason } },
      ]);
    });
  }

  test("[EX-4.5] free text outside the 24 hour window fails with the reason and uses no slot", async () => {
    const launched = await makeLaunched(db, 1, {}, makeSenderEnv({ SEND_INTERVAL_MS: "3000" }));
    const freeText = await makeFreeText(launched);
    await db
      .update(contacts)
      .set({ lastInboundAt: sql`now() - interval '24 hours'` })
      .where(eq(contacts.id, launched.contactIds[0] as number));
    expect((await claimNext(db, launched.senderId)).messageId).toBe(launched.messageIds[0]);
    expect(await messageRow(db, freeText)).toMatchObject({ status: "failed", reason: "window_closed" });
    expect((await messageRow(db, freeText)).failedAt).not.toBeNull();
  });

  test("free text to whoever wrote within the window goes, and a template needs no window", async () => {
    const launched = await makeLaunched(db, 1, {}, makeSenderEnv());
    const [other] = await makeContacts(db, 1);
    const freeText = await makeFreeText(launched, { contactId: other });
    expect(await claimAll(db, launched.senderId)).toEqual([freeText, launched.messageIds[0]]);
  });
});

describe("a recipient with a message of unknown fate", () => {
  test("is passed over until it is settled, the others are not", async () => {
    const launched = await makeLaunched(db, 2, {}, makeSenderEnv());
    const { senderId } = launched;
    const first = { ...(await claimNext(db, senderId)), senderId };
    const freeText = await makeFreeText(launched);
    expect(await claimAll(db, senderId)).toEqual([launched.messageIds[1]]);
    await answer(db, first, unknown);
    expect(await claim(senderId)).toEqual({ verdict: "idle" });
    await answer(db, first, accepted(makeSid()));
    expect((await claimNext(db, senderId)).messageId).toBe(freeText);
  });

  test("is passed over for another campaign too", async () => {
    const env = makeSenderEnv();
    const first = await makeLaunched(db, 1, {}, env);
    await answer(db, { ...(await claimNext(db, first.senderId)), senderId: first.senderId }, unknown);
    const second = await makeLaunched(db, 1, {}, env);
    await makeFreeText(second, { contactId: first.contactIds[0] as number });
    expect(await claimAll(db, first.senderId)).toEqual(second.messageIds);
  });
});

describe("nothing is claimed", () => {
  for (const status of ["paused", "cancelled", "failed", "draft", "scheduled"] as const) {
    test(`of a campaign that is ${status}, be it Message 1 or an answer`, async () => {
      const launched = await makeLaunched(db, 1, {}, makeSenderEnv());
      await makeFreeText(launched, { contactId: (await makeContacts(db, 1))[0] });
      await db.update(campaigns).set({ status }).where(eq(campaigns.id, launched.campaignId));
      expect(await claim(launched.senderId)).toEqual({ verdict: "idle" });
    });
  }

  test("of a completed campaign but answers, replies and tests", async () => {
    const launched = await makeLaunched(db, 1, {}, makeSenderEnv());
    const [other] = await makeContacts(db, 1);
    const freeText = await makeFreeText(launched, { contactId: other, messageType: "reply" });
    await db.update(campaigns).set({ status: "completed" }).where(eq(campaigns.id, launched.campaignId));
    expect(await claimAll(db, launched.senderId)).toEqual([freeText]);
  });

  test("of a deleted campaign, without a due time, or before it", async () => {
    const env = makeSenderEnv();
    const deleted = await makeLaunched(db, 1, {}, env);
    await db.update(campaigns).set({ deletedAt: sql`now()` }).where(eq(campaigns.id, deleted.campaignId));
    const waiting = await makeLaunched(db, 2, {}, env);
    const [never, later] = waiting.messageIds as [number, number];
    await db.update(messages).set({ nextAttemptAt: null }).where(eq(messages.id, never));
    await db
      .update(messages)
      .set({ nextAttemptAt: sql`now() + interval '1 minute'` })
      .where(eq(messages.id, later));
    expect(await claim(waiting.senderId)).toEqual({ verdict: "idle" });
  });

  test("of a paused sender until the time is up, and then the pause is over", async () => {
    const { senderId } = await makeLaunched(db, 2, {}, makeSenderEnv());
    const pauseUntil = (until: ReturnType<typeof sql> | null) =>
      db
        .update(senders)
        .set({ pauseReason: "account", pauseCode: 63038, pausedUntil: until })
        .where(eq(senders.id, senderId));
    await pauseUntil(null);
    expect(await claim(senderId)).toEqual({ verdict: "paused" });
    await pauseUntil(sql`now() + interval '1 hour'`);
    expect(await claim(senderId)).toEqual({ verdict: "paused" });
    await pauseUntil(sql`now() - interval '1 second'`);
    expect((await claim(senderId)).verdict).toBe("claimed");
    expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: null, pausedUntil: null });
  });
});

describe("priorities", () => {
  test("[EX-4.5] an answer goes before the bulk of every campaign", async () => {
    const env = makeSenderEnv();
    const first = await makeLaunched(db, 2, {}, env);
    const second = await makeLaunched(db, 2, {}, env);
    const freeText = await makeFreeText(second, { contactId: (await makeContacts(db, 1))[0] });
    const order = await claimAll(db, first.senderId);
    expect(order[0]).toBe(freeText);
    expect(order).toHaveLength(5);
  });

  test("a retry goes before the bulk of its campaign", async () => {
    const { senderId, messageIds } = await makeLaunched(db, 3, {}, makeSenderEnv());
    await db
      .update(messages)
      .set({ priority: 1, nextAttemptAt: sql`now()` })
      .where(eq(messages.id, messageIds[2] as number));
    expect(await claimAll(db, senderId)).toEqual([messageIds[2], messageIds[0], messageIds[1]]);
  });

  test("two campaigns take turns, a third joins in, whatever their sizes", async () => {
    const env = makeSenderEnv();
    const big = await makeLaunched(db, 6, {}, env);
    const small = await makeLaunched(db, 2, {}, env);
    const order = (await claimAll(db, big.senderId)).map((id) => big.messageIds.includes(id));
    expect(order).toEqual([true, false, true, false, true, true, true, true]);
    expect(small.senderId).toBe(big.senderId);
  });
});

test("[EX-6.1] eight claimers on connections of their own claim 1,000 messages, each once", async () => {
  const { senderId, messageIds } = await makeLaunched(db, 1_000, {}, makeSenderEnv());
  const connections = Array.from({ length: 8 }, () => connect(url, { max: 1, applicationName: "claimer" }));
  try {
    const claimed = await Promise.all(connections.map((connection) => claimAll(connection.db, senderId)));
    expect(claimed.flat().sort((a, b) => a - b)).toEqual(messageIds);
    expect(claimed.filter((ids) => ids.length > 0).length).toBeGreaterThan(4);
    const attempts = await db
      .select({ message: messageAttempts.messageId, number: messageAttempts.number })
      .from(messageAttempts)
      .where(inArray(messageAttempts.messageId, messageIds));
    expect(attempts).toHaveLength(1_000);
    expect(new Set(attempts.map(({ number }) => number))).toEqual(new Set([1]));
  } finally {
    await Promise.all(connections.map(({ close }) => close()));
  }
});

test("100,000 paused messages in front of one that is due cost a claim nothing", {
  timeout: 60_000,
}, async () => {
  const env = makeSenderEnv();
  const paused = await makeLaunched(db, 1, {}, env);
  await db.execute(sql`
    insert into messages (campaign_id, contact_id, message_type, content, status, sender_id, to_address, from_address,
      content_sid, priority, next_attempt_at)
    select campaign_id, contact_id, message_type, content, 'pending', sender_id, to_address, from_address,
      content_sid, 2, now() from messages, generate_series(1, 100000) where id = ${paused.messageIds[0] as number}`);
  await pauseCampaign(db, { campaignId: paused.campaignId });
  await db.execute(sql`analyze messages`);
  const due = await makeLaunched(db, 3, {}, env);
  await claimNext(db, due.senderId);
  expect(await buffersOfClaim(db, due.senderId)).toBeLessThan(400);
  const left = await claimAll(db, due.senderId);
  expect(left, "the measured claim took one of three").toEqual(due.messageIds.slice(2));
});

/** Pages of 8 kB that one claim looks at. */
async function buffersOfClaim(on: Database, senderId: number): Promise<number> {
  const [plan] = await queryRows<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
    on,
    sql`explain (analyze, buffers, format json)
      select * from relance.claim_message(${sql.raw(String(senderId))}, ${sql.raw(`'${testWorker}'`)}, 24)`,
  );
  const root = plan?.["QUERY PLAN"][0].Plan;
  return Number(root?.["Shared Hit Blocks"]) + Number(root?.["Shared Read Blocks"]);
}
