// engine.md 3: every state and every cause, through the functions that really move messages, and the counters with them.
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import {
  countedAs,
  type MessageCause,
  type MessageStatus,
  messageMoves,
  messageStatuses,
} from "#server/domain/message-status.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { lockMessage, moveMessage } from "#server/messages/locked-message.ts";
import { loseDeadClaims } from "#server/messages/lose-dead-claims.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import {
  accepted,
  answer,
  attemptRow,
  callBack,
  campaignRow,
  claimNext,
  eventsOf,
  lockWaiters,
  makeSenderEnv,
  makeSid,
  messageRow,
  refused,
  senderRow,
  testWorker,
  unknown,
  unreachable,
} from "#server/testing/engine.ts";
import { countersAndRows, makeEnv, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const env = makeEnv();

type Scene = {
  messageId: number;
  campaignId: number;
  contactId: number;
  senderId: number;
  attemptId: string;
  sid: string;
};

/** One message that was claimed once and is in `state` now; brought there by SQL, so that any state can be the start. */
async function sceneIn(state: MessageStatus): Promise<Scene> {
  const senderEnv = makeSenderEnv();
  const launched = await makeLaunched(db, 1, {}, senderEnv);
  const { senderId } = launched;
  const claim = await claimNext(db, senderId);
  const sid = makeSid();
  const accepted = ["sent", "delivered", "read", "failed", "cancelled"].includes(state);
  await db
    .update(messageAttempts)
    .set({
      outcome: state === "sending" ? null : accepted ? "accepted" : "uncertain",
      sid: accepted ? sid : null,
    })
    .where(eq(messageAttempts.id, claim.attemptId));
  await db
    .update(messages)
    .set({ status: state, nextAttemptAt: state === "pending" ? sql`now()` : null })
    .where(eq(messages.id, claim.messageId));
  return {
    messageId: claim.messageId,
    attemptId: claim.attemptId,
    campaignId: launched.campaignId,
    contactId: launched.contactIds[0] as number,
    senderId,
    sid,
  };
}

/** What happens to a message, by the function that does it in production. */
const happenings = {
  "is claimed": (scene) =>
    claimMessage(db, { senderId: scene.senderId, workerId: testWorker, windowHours: 24 }),
  "is claimed after the contact opted out": async (scene) => {
    await db.update(contacts).set({ optedOutAt: sql`now()` }).where(eq(contacts.id, scene.contactId));
    await claimMessage(db, { senderId: scene.senderId, workerId: testWorker, windowHours: 24 });
  },
  "is free text and claimed after the window closed": async (scene) => {
    await db.update(messages).set({ contentSid: null }).where(eq(messages.id, scene.messageId));
    await claimMessage(db, { senderId: scene.senderId, workerId: testWorker, windowHours: 24 });
  },
  "is of a campaign that is cancelled": (scene) => cancelCampaign(db, { campaignId: scene.campaignId }),
  "is sent again by hand": (scene) => retryFailed(db, { campaignId: scene.campaignId }),
  "is accepted": (scene) => answer(db, scene, accepted(scene.sid)),
  "is refused with a retryable code": (scene) => answer(db, scene, refused(20429, 429)),
  "cannot be brought to Twilio": (scene) => answer(db, scene, unreachable),
  "is refused for good": (scene) => answer(db, scene, refused(63016)),
  "is refused for the account's sake": (scene) => answer(db, scene, refused(20003, 401)),
  "is given back": (scene) => answer(db, scene, { kind: "givenBack" }),
  "is lost": (scene) => answer(db, scene, unknown),
  "was claimed by a worker that died": () =>
    loseDeadClaims(db, {
      deadAfterMs: 10_000,
      twilioTimeoutMs: 15_000,
      retryDelaysSeconds: env.retryDelaysSeconds,
    }),
  "calls back queued": (scene) => callBack(db, scene.attemptId, { sid: scene.sid, status: "queued" }),
  "calls back sent": (scene) => callBack(db, scene.attemptId, { sid: scene.sid, status: "sent" }),
  "calls back delivered": (scene) => callBack(db, scene.attemptId, { sid: scene.sid, status: "delivered" }),
  "calls back read": (scene) => callBack(db, scene.attemptId, { sid: scene.sid, status: "read" }),
  "calls back failed with a final code": (scene) =>
    callBack(db, scene.attemptId, { sid: scene.sid, status: "failed", errorCode: 63016 }),
  "calls back undelivered with a final code": (scene) =>
    callBack(db, scene.attemptId, { sid: scene.sid, status: "undelivered", errorCode: 63024 }),
  "calls back failed with a retryable code": (scene) =>
    callBack(db, scene.attemptId, { sid: scene.sid, status: "failed", errorCode: 63018 }),
} satisfies Record<string, (scene: Scene) => Promise<unknown>>;
type Happening = keyof typeof happenings;

/** The table of engine.md 3. Every pair that is not here leaves the message as it is. */
const table: Record<Happening, Partial<Record<MessageStatus, MessageStatus>>> = {
  "is claimed": { pending: "sending" },
  "is claimed after the contact opted out": { pending: "skipped" },
  "is free text and claimed after the window closed": { pending: "failed" },
  "is of a campaign that is cancelled": { pending: "cancelled" },
  "is sent again by hand": { failed: "pending" },
  "is accepted": { sending: "sent", uncertain: "sent" },
  "is refused with a retryable code": { sending: "pending", uncertain: "pending" },
  "cannot be brought to Twilio": { sending: "pending", uncertain: "pending" },
  "is refused for good": { sending: "failed", uncertain: "failed" },
  "is refused for the account's sake": { sending: "pending" },
  "is given back": { sending: "pending" },
  "is lost": { sending: "uncertain" },
  "was claimed by a worker that died": { sending: "uncertain" },
  "calls back queued": { sending: "sent", uncertain: "sent" },
  "calls back sent": { sending: "sent", uncertain: "sent" },
  "calls back delivered": {
    pending: "delivered",
    sending: "delivered",
    uncertain: "delivered",
    sent: "delivered",
    failed: "delivered",
    cancelled: "delivered",
  },
  "calls back read": {
    pending: "read",
    sending: "read",
    uncertain: "read",
    sent: "read",
    delivered: "read",
    failed: "read",
    cancelled: "read",
  },
  "calls back failed with a final code": { sending: "failed", uncertain: "failed", sent: "failed" },
  "calls back undelivered with a final code": { sending: "failed", uncertain: "failed", sent: "failed" },
  "calls back failed with a retryable code": { sending: "pending", uncertain: "pending", sent: "pending" },
};

describe("a message in each state", () => {
  for (const happening of Object.keys(table) as Happening[]) {
    const title = `[EX-5.1] that ${happening} moves as the table of engine.md says, and the counters with it`;
    test(title, async () => {
      for (const state of messageStatuses) {
        const scene = await sceneIn(state);
        await happenings[happening](scene);
        const to = table[happening][state] ?? state;
        const { status } = await messageRow(db, scene.messageId);
        expect(status, `${state} that ${happening}`).toBe(to);
        const campaign = await campaignRow(db, scene.campaignId);
        const counters = {
          sent: campaign.sentCount,
          delivered: campaign.deliveredCount,
          read: campaign.readCount,
          failed: campaign.failedCount,
          success: campaign.successCount,
        };
        const counts = (counter: "sent" | "delivered" | "read" | "failed") =>
          Number(countedAs[to].includes(counter));
        expect(counters, `counters of ${state} that ${happening}`).toEqual({
          sent: counts("sent"),
          delivered: counts("delivered"),
          read: counts("read"),
          failed: counts("failed"),
          success: counts("delivered"),
        });
      }
    });
  }
});

test("whatever the table of moves does not hold is ignored, and recorded as an event", async () => {
  const { messageId } = await sceneIn("pending");
  // One transaction: a thousand commits would be most of the time.
  await db.transaction(async (tx) => {
    for (const [cause, from, to] of everyMove()) {
      const { from: starts, to: ends }: Move = messageMoves[cause];
      const allowed = starts.includes(from) && ends.includes(to);
      await tx.update(messages).set({ status: from }).where(eq(messages.id, messageId));
      await tx.delete(messageEvents).where(eq(messageEvents.messageId, messageId));
      const locked = await lockMessage(tx, messageId);
      if (!locked) throw new Error("the message is gone");
      const after = await moveMessage(tx, locked, { cause, to });
      expect(after, `${cause}: ${from} to ${to}`).toBe(allowed ? to : from);
      expect((await messageRow(tx, messageId)).status).toBe(after);
      const [event, ...others] = await eventsOf(tx, messageId);
      expect(others).toEqual([]);
      expect(event).toMatchObject({
        type: allowed ? cause : `ignored_${cause}`,
        fromStatus: from,
        toStatus: to,
      });
    }
  });
}, 120_000);

type Move = { from: readonly MessageStatus[]; to: readonly MessageStatus[] };

function everyMove(): [MessageCause, MessageStatus, MessageStatus][] {
  const causes = Object.keys(messageMoves) as MessageCause[];
  return causes.flatMap((cause) =>
    messageStatuses.flatMap((from) =>
      messageStatuses.map((to): [MessageCause, MessageStatus, MessageStatus] => [cause, from, to]),
    ),
  );
}

test("a callback that changes nothing is still in the message's history", async () => {
  const { messageId, attemptId, sid } = await sceneIn("read");
  await callBack(db, attemptId, { sid, status: "delivered" });
  const statuses = (await eventsOf(db, messageId, "status")).map(({ data }) => data);
  expect(statuses).toEqual([expect.objectContaining({ status: "delivered", sid, by: "callback" })]);
});

test("[EX-5.6] the database's counters follow countedAs for every pair of states, and recipients stay their sum", async () => {
  const launched = await makeLaunched(db, 1, {}, makeSenderEnv());
  const [messageId] = launched.messageIds as [number];
  const { campaignId } = launched;
  for (const from of messageStatuses) {
    for (const to of messageStatuses) {
      await db.update(messages).set({ status: from }).where(eq(messages.id, messageId));
      await db.update(messages).set({ status: to }).where(eq(messages.id, messageId));
      const { counters, rows } = await countersAndRows(db, campaignId);
      expect(counters, `${from} to ${to}`).toEqual(rows);
      const counted = (["sent", "delivered", "read", "failed"] as const).filter((name) => counters?.[name]);
      expect(counted, `${from} to ${to}`).toEqual(countedAs[to]);
      expect(counters?.total).toBe(1);
    }
  }
});

test("[EX-5.6] one statement over many rows of many campaigns counts each in its own", async () => {
  const senderEnv = makeSenderEnv();
  const first = await makeLaunched(db, 3, {}, senderEnv);
  const second = await makeLaunched(db, 2, {}, senderEnv);
  await db.update(messages).set({ status: "read" }).where(eq(messages.senderId, first.senderId));
  expect(await campaignRow(db, first.campaignId)).toMatchObject({
    sentCount: 3,
    readCount: 3,
    successCount: 3,
  });
  expect(await campaignRow(db, second.campaignId)).toMatchObject({ sentCount: 2, deliveredCount: 2 });
});

test("Message 2, replies and tests are in no counter of the campaign", async () => {
  const { campaignId, messageIds } = await makeLaunched(db, 3, {}, makeSenderEnv());
  for (const [index, type] of (["message_2", "reply", "test"] as const).entries()) {
    const of = and(eq(messages.campaignId, campaignId), eq(messages.id, messageIds[index] as number));
    await db.update(messages).set({ messageType: type }).where(of);
    await db.update(messages).set({ status: "failed" }).where(of);
    await db.update(messages).set({ status: "read" }).where(of);
  }
  expect(await campaignRow(db, campaignId)).toMatchObject({
    sentCount: 0,
    deliveredCount: 0,
    readCount: 0,
    successCount: 0,
    failedCount: 0,
  });
});

describe("under a cancelled campaign", () => {
  for (const [how, happens] of [
    ["a retryable refusal", (scene) => answer(db, scene, refused(20429, 429))],
    ["an account refusal", (scene) => answer(db, scene, refused(20003, 401))],
    ["a claim given back", (scene) => answer(db, scene, { kind: "givenBack" })],
    [
      "a retryable callback",
      (scene) => callBack(db, scene.attemptId, { sid: scene.sid, status: "failed", errorCode: 63018 }),
    ],
  ] satisfies [string, (scene: Scene) => Promise<unknown>][]) {
    test(`${how} cancels the message instead of letting it wait`, async () => {
      const scene = await sceneIn("sending");
      await cancelCampaign(db, { campaignId: scene.campaignId });
      expect((await messageRow(db, scene.messageId)).status).toBe("sending");
      await happens(scene);
      const row = await messageRow(db, scene.messageId);
      expect(row).toMatchObject({ status: "cancelled", nextAttemptAt: null });
      expect((await campaignRow(db, scene.campaignId)).status).toBe("cancelled");
    });
  }

  test("a message at Twilio takes its course, and a delivery counts", async () => {
    const scene = await sceneIn("sending");
    await cancelCampaign(db, { campaignId: scene.campaignId });
    await answer(db, scene, accepted(scene.sid));
    await callBack(db, scene.attemptId, { sid: scene.sid, status: "read" });
    expect(await campaignRow(db, scene.campaignId)).toMatchObject({
      status: "cancelled",
      sentCount: 1,
      readCount: 1,
    });
  });
});

describe("an answer or callback of an older attempt", () => {
  /** Attempt 1 was refused for the rate, attempt 2 is under way. */
  async function secondAttempt() {
    const { senderId, campaignId } = await makeLaunched(db, 1, {}, makeSenderEnv());
    const older = { ...(await claimNext(db, senderId)), senderId };
    await answer(db, older, unreachable);
    await db.update(messages).set({ nextAttemptAt: sql`now()` }).where(eq(messages.id, older.messageId));
    const newer = { ...(await claimNext(db, senderId)), senderId };
    return { campaignId, older, newer, messageId: older.messageId };
  }

  test("may raise the message to delivered or read", async () => {
    const { older, messageId } = await secondAttempt();
    await callBack(db, older.attemptId, { sid: makeSid(), status: "delivered" });
    expect((await messageRow(db, messageId)).status).toBe("delivered");
  });

  test("does nothing else, and the attempt keeps what it heard", async () => {
    const { older, newer, messageId } = await secondAttempt();
    const sid = makeSid();
    await answer(db, older, accepted(sid));
    await callBack(db, older.attemptId, { sid, status: "sent" });
    await callBack(db, older.attemptId, { sid, status: "failed", errorCode: 63015 });
    expect(await messageRow(db, messageId)).toMatchObject({
      status: "sending",
      currentAttemptId: newer.attemptId,
      whatsappMessageId: null,
      retryCount: 1,
    });
    expect(await attemptRow(db, older.attemptId)).toMatchObject({ sid, errorCode: 63015 });
    expect(await eventsOf(db, messageId, "late_answer")).toHaveLength(1);
  });
});

describe("a callback", () => {
  test("that does not agree in its recipient changes nothing", async () => {
    const scene = await sceneIn("sent");
    const to = "whatsapp:+33699999999";
    expect(await callBack(db, scene.attemptId, { sid: scene.sid, status: "read", to })).toBe(
      "wrong_recipient",
    );
    expect((await messageRow(db, scene.messageId)).status).toBe("sent");
  });

  test("that does not agree in its SID changes nothing", async () => {
    const scene = await sceneIn("sent");
    expect(await callBack(db, scene.attemptId, { sid: makeSid(), status: "read" })).toBe("wrong_sid");
    expect((await messageRow(db, scene.messageId)).status).toBe("sent");
  });

  test("that does not agree says nothing about the sender either", async () => {
    const scene = await sceneIn("sent");
    const failed = { status: "failed", errorCode: 20003 };
    await callBack(db, scene.attemptId, { sid: makeSid(), ...failed });
    await callBack(db, scene.attemptId, { sid: scene.sid, ...failed, to: "whatsapp:+33699999999" });
    const claim = await claimMessage(db, { senderId: scene.senderId, workerId: testWorker, windowHours: 24 });
    expect(claim.verdict).toBe("idle");
  });

  test("is heard by the sender once, however often and how many at a time it comes", async () => {
    const scene = await sceneIn("sent");
    const failed = { sid: scene.sid, status: "failed", errorCode: 63007 };
    let callbacks: Promise<unknown>[] = [];
    await db.transaction(async (tx) => {
      await tx.select().from(senders).where(eq(senders.id, scene.senderId)).for("update");
      callbacks = Array.from({ length: 3 }, () => callBack(db, scene.attemptId, failed));
      await lockWaiters(db, 3);
    });
    await Promise.all(callbacks);
    await callBack(db, scene.attemptId, failed);
    expect((await senderRow(db, scene.senderId)).refusalStreak).toBe(1);
  });

  test("of an attempt or a SID nobody knows, or with a word that is no status, is told apart", async () => {
    const scene = await sceneIn("sent");
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await callBack(db, nobody, { sid: scene.sid, status: "read" })).toBe("unknown_message");
    expect(await callBack(db, null, { sid: makeSid(), status: "read" })).toBe("unknown_message");
    expect(await callBack(db, scene.attemptId, { sid: scene.sid, status: "received" })).toBe("not_a_status");
    expect(await callBack(db, null, { sid: scene.sid, status: "read" })).toBe("applied");
  });
});

test("a late retryable callback reopens a completed campaign", async () => {
  const scene = await sceneIn("sent");
  await db.update(campaigns).set({ status: "completed" }).where(eq(campaigns.id, scene.campaignId));
  await callBack(db, scene.attemptId, { sid: scene.sid, status: "failed", errorCode: 63018 });
  expect((await messageRow(db, scene.messageId)).status).toBe("pending");
  expect((await campaignRow(db, scene.campaignId)).status).toBe("sending");
});
