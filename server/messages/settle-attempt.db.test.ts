// engine.md 7: what an outcome does to the message, its campaign and its sender, by the times the database stored.
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { completeCampaigns } from "#server/campaigns/complete-campaigns.ts";
import { resumeCampaign } from "#server/campaigns/resume-campaign.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import type { AttemptResult } from "#server/messages/settle-attempt.ts";
import { resumeSender } from "#server/senders/resume-sender.ts";
import {
  accepted,
  answer,
  attemptRow,
  callBack,
  campaignRow,
  claimNext,
  eventsOf,
  makeDue,
  makeSenderEnv,
  makeSid,
  messageRow,
  refused,
  senderRow,
  testWorker,
  unknown,
  unreachable,
} from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const launch = (recipients: number) => makeLaunched(db, recipients, {}, makeSenderEnv());

/** Sends the next message of the sender and lets Twilio answer this. */
async function send(senderId: number, result: AttemptResult) {
  // A refusal for the rate holds the sender up for three seconds.
  await db.update(senders).set({ nextSlotAt: sql`now()` }).where(eq(senders.id, senderId));
  const claim = { ...(await claimNext(db, senderId)), senderId };
  await answer(db, claim, result);
  return claim;
}

/** Seconds from the stored failure of an attempt to the stored time of the next one. */
async function waitAfter(attemptId: string): Promise<number | undefined> {
  const [wait] = await queryRows<{ seconds: number }>(
    db,
    sql`select extract(epoch from m.next_attempt_at - a.answered_at)::float8 as seconds
      from message_attempts a join messages m on m.current_attempt_id = a.id where a.id = ${attemptId}::uuid`,
  );
  return wait?.seconds;
}

const claimVerdict = async (senderId: number) =>
  (await claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 })).verdict;

describe("retries", () => {
  for (const [what, result] of [
    ["429", refused(20429, 429)],
    ["a refused connection", unreachable],
  ] as const) {
    test(`[EX-6.3] [EX-6.4] after ${what} come exactly 60, 120 and 240 s later, a fourth failure is final`, async () => {
      const { senderId, campaignId, messageIds } = await launch(1);
      const [messageId] = messageIds as [number];
      for (const [retry, seconds] of [60, 120, 240].entries()) {
        const { attemptId } = await send(senderId, result);
        expect(await waitAfter(attemptId)).toBe(seconds);
        expect(await messageRow(db, messageId)).toMatchObject({ status: "pending", retryCount: retry + 1 });
        expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "retryable" });
        expect(await claimVerdict(senderId)).not.toBe("claimed");
        await makeDue(db, messageId);
      }
      await send(senderId, result);
      const row = await messageRow(db, messageId);
      expect(row).toMatchObject({ status: "failed", retryCount: 3, attempt: 4, nextAttemptAt: null });
      expect(row.errorMessage).toBe("message" in result ? result.message : null);
      expect((await campaignRow(db, campaignId)).failedCount).toBe(1);
    });
  }

  test("[EX-6.3] after a callback with a retryable code come 60, 120 and 240 s later, the fourth is final", async () => {
    const { senderId, messageIds } = await launch(1);
    const [messageId] = messageIds as [number];
    const waits: (number | null)[] = [];
    for (let round = 0; round < 4; round += 1) {
      const sid = makeSid();
      const { attemptId } = await send(senderId, accepted(sid));
      await callBack(db, attemptId, { sid, status: "failed", errorCode: 63018 });
      // The event of the retry is written by the clock, a moment after the transaction's own time.
      const [wait] = await queryRows<{ seconds: number | null }>(
        db,
        sql`select round(extract(epoch from m.next_attempt_at - e.at))::int as seconds
          from messages m join message_events e on e.message_id = m.id
          where m.id = ${messageId} and e.attempt_id = ${attemptId}::uuid and e.type in ('retry', 'refuse')`,
      );
      waits.push(wait?.seconds ?? null);
      await makeDue(db, messageId);
    }
    expect(waits).toEqual([60, 120, 240, null]);
    expect(await messageRow(db, messageId)).toMatchObject({ status: "failed", errorCode: 63018, attempt: 4 });
  });

  test("by hand start anew: three automatic ones follow again", async () => {
    const { senderId, campaignId, messageIds } = await launch(1);
    const [messageId] = messageIds as [number];
    for (let round = 0; round < 4; round += 1) {
      await send(senderId, unreachable);
      await makeDue(db, messageId);
    }
    await completeCampaigns(db);
    expect((await campaignRow(db, campaignId)).status).toBe("completed");
    expect(await retryFailed(db, { campaignId })).toBe(1);
    expect((await campaignRow(db, campaignId)).status).toBe("sending");
    expect(await messageRow(db, messageId)).toMatchObject({
      status: "pending",
      retryCount: 0,
      errorCode: null,
    });
    const { attemptId } = await send(senderId, unreachable);
    expect(await waitAfter(attemptId)).toBe(60);
    expect(await messageRow(db, messageId)).toMatchObject({ retryCount: 1, attempt: 5 });
    expect(await eventsOf(db, messageId, "retryByHand")).toMatchObject([
      { fromStatus: "failed", toStatus: "pending" },
    ]);
  });

  test("by hand of one message leave the others, and refuse what did not fail", async () => {
    const { senderId, campaignId, messageIds } = await launch(2);
    const [first, second] = messageIds as [number, number];
    await send(senderId, refused(63016));
    await send(senderId, refused(63016));
    expect(await retryFailed(db, { campaignId, messageId: second })).toBe(1);
    expect((await messageRow(db, first)).status).toBe("failed");
    await expect(retryFailed(db, { campaignId, messageId: second })).rejects.toMatchObject({
      code: "message.not_retryable",
    });
  });
});

describe("a refusal for the rate", () => {
  for (const how of ["429 at once", "63018 by callback"] as const) {
    test(`[EX-7.2] (${how}) keeps the next slot at least 3 s away`, async () => {
      const { senderId } = await launch(2);
      if (how === "429 at once") await send(senderId, refused(20429, 429));
      else {
        const sid = makeSid();
        const { attemptId } = await send(senderId, accepted(sid));
        await callBack(db, attemptId, { sid, status: "failed", errorCode: 63018 });
      }
      const [slot] = await queryRows<{ ahead: boolean }>(
        db,
        sql`select next_slot_at >= (select max(at) from message_events e join messages m on m.id = e.message_id
            where m.sender_id = s.id and e.type = 'retry') + interval '2.9 seconds' as ahead
          from senders s where id = ${senderId}`,
      );
      expect(slot).toEqual({ ahead: true });
      expect(await claimVerdict(senderId)).toBe("wait");
    });
  }
});

describe("a refusal of the account", () => {
  test("[EX-2.5] 20003 pauses the sender until an admin resumes; the message waits and used no retry", async () => {
    const { senderId, messageIds } = await launch(2);
    const { attemptId } = await send(senderId, refused(20003, 401));
    expect(await senderRow(db, senderId)).toMatchObject({
      pauseReason: "account",
      pauseCode: 20003,
      pausedUntil: null,
    });
    expect(await messageRow(db, messageIds[0] as number)).toMatchObject({
      status: "pending",
      retryCount: 0,
      errorCode: 20003,
    });
    expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "account", errorCode: 20003 });
    expect(await claimVerdict(senderId)).toBe("paused");
    expect(await resumeSender(db, { senderId })).toBe(true);
    expect(await resumeSender(db, { senderId })).toBe(false);
    expect(await claimVerdict(senderId)).toBe("claimed");
  });

  test("63038, the limit of the day, pauses it for exactly 24 hours", async () => {
    const { senderId } = await launch(1);
    await send(senderId, refused(63038, 429));
    const [pause] = await queryRows<{ hours: number; code: number }>(
      db,
      sql`select extract(epoch from paused_until - paused_at)::float8 / 3600 as hours, pause_code as code
        from senders where id = ${senderId}`,
    );
    expect(pause).toEqual({ hours: 24, code: 63038 });
  });
});

describe("63007", () => {
  test("[EX-7.5] fails the message; the third in a row pauses the sender", async () => {
    const { senderId, messageIds } = await launch(4);
    await send(senderId, refused(63007));
    await send(senderId, refused(63007));
    expect((await senderRow(db, senderId)).pauseReason).toBeNull();
    await send(senderId, refused(63007));
    expect(await senderRow(db, senderId)).toMatchObject({
      pauseReason: "sender_not_found",
      pauseCode: 63007,
    });
    for (const id of messageIds.slice(0, 3)) {
      expect(await messageRow(db, id)).toMatchObject({ status: "failed", errorCode: 63007, retryCount: 0 });
    }
    expect(await claimVerdict(senderId)).toBe("paused");
  });

  /** Twilio accepts the next message, and calls back. */
  const acceptedThen = async (senderId: number, status: string, errorCode: number | null = null) => {
    const sid = makeSid();
    const { attemptId } = await send(senderId, accepted(sid));
    const call = () => callBack(db, attemptId, { sid, status, errorCode });
    await call();
    return call;
  };

  test("[EX-7.5] pauses the sender also when it comes by callback, each message having been accepted", async () => {
    const { senderId, messageIds } = await launch(4);
    const call = await acceptedThen(senderId, "failed", 63007);
    await acceptedThen(senderId, "failed", 63007);
    for (let again = 0; again < 3; again += 1) await call();
    expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: null, refusalStreak: 2 });
    await acceptedThen(senderId, "undelivered", 63007);
    expect(await senderRow(db, senderId)).toMatchObject({
      pauseReason: "sender_not_found",
      pauseCode: 63007,
    });
    for (const id of messageIds.slice(0, 3)) {
      expect(await messageRow(db, id)).toMatchObject({ status: "failed", errorCode: 63007 });
    }
  });

  test("pauses the sender when the answers to accepted messages are still to come", async () => {
    const { senderId } = await launch(5);
    for (const result of [refused(63007), accepted(makeSid()), refused(63007), accepted(makeSid())])
      await send(senderId, result);
    expect((await senderRow(db, senderId)).pauseReason).toBeNull();
    await send(senderId, refused(63007));
    expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: "sender_not_found" });
  });

  for (const status of ["sent", "delivered", "read"]) {
    test(`is not in a row when a message is ${status} in between`, async () => {
      const { senderId } = await launch(5);
      await send(senderId, refused(63007));
      await acceptedThen(senderId, "failed", 63007);
      await acceptedThen(senderId, status);
      await send(senderId, refused(63007));
      await acceptedThen(senderId, "failed", 63007);
      expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: null, refusalStreak: 2 });
    });
  }

  test("stays in a row over what was sent before and is read now", async () => {
    const { senderId } = await launch(6);
    const early = await acceptedThen(senderId, "read");
    await send(senderId, refused(63007));
    const sid = makeSid();
    const between = await send(senderId, accepted(sid));
    await early();
    await send(senderId, refused(63007));
    await early();
    expect((await senderRow(db, senderId)).refusalStreak).toBe(2);
    await callBack(db, between.attemptId, { sid, status: "delivered" });
    expect((await senderRow(db, senderId)).refusalStreak).toBe(1);
    await send(senderId, refused(63007));
    expect((await senderRow(db, senderId)).pauseReason).toBeNull();
    await send(senderId, refused(63007));
    expect((await senderRow(db, senderId)).pauseReason).toBe("sender_not_found");
  });
});

describe("ten failures of one kind in a row", () => {
  const fail = async (senderId: number, codes: number[]) => {
    for (const code of codes) await send(senderId, refused(code));
  };
  const times = (howMany: number, code: number) => Array<number>(howMany).fill(code);

  test("pause the campaign with the code, not before the tenth; resumed, it counts anew", async () => {
    const { senderId, campaignId } = await launch(12);
    await fail(senderId, times(9, 63013));
    expect((await campaignRow(db, campaignId)).status).toBe("sending");
    await fail(senderId, [63013]);
    expect(await campaignRow(db, campaignId)).toMatchObject({
      status: "paused",
      stopReason: "failures_in_a_row",
      stopCode: 63013,
    });
    await resumeCampaign(db, { campaignId });
    await fail(senderId, [63013]);
    expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", stopReason: null });
  });

  test("do not count what concerns the recipient alone, nor go on over another kind", async () => {
    const { senderId, campaignId } = await launch(22);
    await fail(senderId, times(11, 63015));
    await fail(senderId, [...times(5, 63013), 63015, ...times(4, 63013)]);
    expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", failureStreak: 9 });
    await fail(senderId, [63040]);
    expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", failureStreak: 1 });
  });

  test("are over when somebody receives", async () => {
    const { senderId, campaignId } = await launch(12);
    await fail(senderId, times(9, 63013));
    const sid = makeSid();
    const { attemptId } = await send(senderId, accepted(sid));
    await callBack(db, attemptId, { sid, status: "delivered" });
    await fail(senderId, times(2, 63013));
    expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", failureStreak: 2 });
  });
});

describe("ten uncertain sends in a row", () => {
  test("pause the sender, which asks again after a minute", async () => {
    const { senderId } = await launch(11);
    for (let sends = 0; sends < 9; sends += 1) await send(senderId, unknown);
    expect((await senderRow(db, senderId)).pauseReason).toBeNull();
    await send(senderId, unknown);
    const sender = await senderRow(db, senderId);
    expect(sender).toMatchObject({ pauseReason: "twilio_unreachable", pausedUntil: null });
    expect((sender.nextProbeAt?.getTime() ?? 0) - (sender.pausedAt?.getTime() ?? 0)).toBe(60_000);
    expect(await claimVerdict(senderId)).toBe("paused");
  });

  test("are not in a row when Twilio answers in between, be it with a refusal", async () => {
    const { senderId } = await launch(12);
    for (let sends = 0; sends < 9; sends += 1) await send(senderId, unknown);
    await send(senderId, refused(63015));
    await send(senderId, unknown);
    expect(await senderRow(db, senderId)).toMatchObject({ pauseReason: null, uncertainStreak: 1 });
  });
});

test("[EX-2.5] [EX-5.4] every failure keeps Twilio's code and text, and a code nobody knows is final", async () => {
  const { senderId, messageIds } = await launch(1);
  const { attemptId } = await send(senderId, refused(99999));
  const kept = { errorCode: 99999, errorMessage: "refused with 99999" };
  expect(await messageRow(db, messageIds[0] as number)).toMatchObject({ status: "failed", ...kept });
  expect(await attemptRow(db, attemptId)).toMatchObject({ outcome: "refused", httpStatus: 400, ...kept });
});

test("63015 says that the contact left the sandbox, a delivery that it is there", async () => {
  const { senderId, contactIds } = await launch(1);
  const sid = makeSid();
  const { attemptId } = await send(senderId, accepted(sid));
  const contact = async () =>
    (
      await db
        .select()
        .from(contacts)
        .where(eq(contacts.id, contactIds[0] as number))
    )[0];
  await callBack(db, attemptId, { sid, status: "failed", errorCode: 63015 });
  expect((await contact())?.sandboxLeftAt).not.toBeNull();
  await callBack(db, attemptId, { sid, status: "delivered" });
  expect(await contact()).toMatchObject({ sandboxLeftAt: null, sandboxJoinedAt: expect.any(Date) });
});

describe("a 63015 that comes late", () => {
  /** Twilio accepts at once what it will refuse; hours later somebody asks, the contact having changed since. */
  const refusedLate = async (since: string) => {
    const { senderId, contactIds } = await launch(1);
    const sid = makeSid();
    const { attemptId } = await send(senderId, accepted(sid));
    await db.execute(
      sql`update message_attempts set requested_at = now() - interval '6 hours' where id = ${attemptId}`,
    );
    await db.execute(sql`update contacts set ${sql.raw(since)} where id = ${contactIds[0]}`);
    await callBack(db, attemptId, { sid, status: "failed", errorCode: 63015, by: "found" });
    const [left] = await queryRows<{ hours: number | null }>(
      db,
      sql`select round(extract(epoch from now() - sandbox_left_at) / 3600)::int as hours
        from contacts where id = ${contactIds[0]}`,
    );
    return left?.hours;
  };

  test.each([
    ["who joined in between stays", "sandbox_joined_at = now() - interval '1 hour'", null],
    ["who wrote in between stays", "last_inbound_at = now() - interval '1 hour'", null],
    ["who had joined before left", "sandbox_joined_at = now() - interval '8 hours'", 6],
    ["who left again in between left then", "sandbox_left_at = now() - interval '2 hours'", 2],
  ])("says who was gone when the message was sent: %s", async (_, since, hours) => {
    expect(await refusedLate(since)).toBe(hours);
  });
});

test.each([
  ["63015", { status: "failed", errorCode: 63015 }],
  ["21610", { status: "failed", errorCode: 21610 }],
  ["a delivery", { status: "delivered" }],
])("%s at the old number says nothing of a contact whose number was corrected", async (_, news) => {
  const { senderId, contactIds } = await launch(1);
  const sid = makeSid();
  const { attemptId } = await send(senderId, accepted(sid));
  await db.execute(sql`update contacts set full_number = full_number || '0' where id = ${contactIds[0]}`);
  await callBack(db, attemptId, { sid, ...news });
  const [contact] = await db
    .select()
    .from(contacts)
    .where(eq(contacts.id, contactIds[0] as number));
  expect(contact).toMatchObject({ sandboxLeftAt: null, sandboxJoinedAt: null, optedOutAt: null });
});

test("21610 says that the contact opted out", async () => {
  const { senderId, contactIds } = await launch(1);
  await send(senderId, refused(21610));
  const [contact] = await db
    .select()
    .from(contacts)
    .where(eq(contacts.id, contactIds[0] as number));
  expect(contact?.optedOutAt).not.toBeNull();
});

test("a campaign whose every message was refused for a reason of its own is failed, and shows it", async () => {
  const { senderId, campaignId } = await launch(2);
  await send(senderId, refused(63040));
  await completeCampaigns(db);
  expect((await campaignRow(db, campaignId)).status).toBe("sending");
  await send(senderId, refused(63040));
  await completeCampaigns(db);
  expect(await campaignRow(db, campaignId)).toMatchObject({
    status: "failed",
    stopReason: "all_refused",
    stopCode: 63040,
  });
});

test("[EX-6.6] a campaign that failed for its recipients' reasons alone is completed", async () => {
  const { senderId, campaignId } = await launch(1);
  await send(senderId, refused(63015));
  await completeCampaigns(db);
  expect((await campaignRow(db, campaignId)).status).toBe("completed");
});

test("[EX-2.6] [EX-6.5] an accepted message is sent, with SID and time, and a late second answer changes nothing", async () => {
  const { senderId, messageIds } = await launch(1);
  const sid = makeSid();
  const claim = await send(senderId, accepted(sid));
  const row = await messageRow(db, messageIds[0] as number);
  expect(row).toMatchObject({ status: "sent", whatsappMessageId: sid, sentAt: expect.any(Date) });
  await answer(db, claim, refused(63016));
  const [after] = await db.select().from(messages).where(eq(messages.id, row.id));
  expect(after).toEqual(row);
});
