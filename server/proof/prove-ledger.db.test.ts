// The proof of engine.md 4 and 8: green after everything the engine does, red for every row that is wrong.
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import type { ProofCheckKey } from "#server/proof/views.ts";
import {
  accepted,
  answer,
  callBack,
  claimNext,
  makeSenderEnv,
  makeSid,
  refused,
} from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";

const { db } = await testDatabase();
const { post } = webhookOf(db);

let story: Awaited<ReturnType<typeof tell>>;

beforeEach(async () => {
  await db.execute(
    sql`truncate campaigns, messages, contacts, interactions, senders restart identity cascade`,
  );
  story = await tell();
});

/** One read and answered with Message 2 queued, one refused, one retried and accepted, one waiting. */
async function tell() {
  const { campaignId, messageIds, senderId } = await makeLaunched(db, 4, {}, makeSenderEnv());
  const claim = async () => ({ ...(await claimNext(db, senderId)), senderId });
  const read = await claim();
  const sid = makeSid();
  await answer(db, read, accepted(sid));
  await callBack(db, read.attemptId, { sid, status: "read" });
  await post(inboundForm(read.toAddress.replace("whatsapp:", ""), "Oui"));
  await post(inboundForm(read.toAddress.replace("whatsapp:", ""), "join paper-plane"));
  const two = await claim();
  const failed = await claim();
  await answer(db, failed, refused(63015));
  const late = await claim();
  const lateSid = makeSid();
  await answer(db, late, accepted(lateSid));
  await callBack(db, late.attemptId, { sid: lateSid, status: "failed", errorCode: 63018 });
  await db.update(messages).set({ nextAttemptAt: sql`now()` }).where(eq(messages.id, late.messageId));
  // what was refused for its rate keeps the next slot waiting
  await db.update(senders).set({ nextSlotAt: sql`now()` });
  const again = await claim();
  await answer(db, again, accepted(makeSid()));
  return { campaignId, messageIds, senderId, read, two, failed, again, sid };
}

const prove = (campaignId: number | null = null) => proveLedger(db, { campaignId });

test("what the engine wrote is green, campaign by campaign and as a whole", async () => {
  for (const scope of [story.campaignId, null]) {
    const proof = await prove(scope);
    expect(proof.checks.filter(({ broken }) => broken > 0)).toEqual([]);
    expect(proof).toMatchObject({
      ok: true,
      recipients: 4,
      messages: 5,
      attempts: 5,
      answers: 2,
      states: { read: 1, failed: 1, sent: 1, pending: 1, sending: 0 },
    });
  }
});

/** Each wrong row, and the check that has to find it; `message` is the one that is named. */
const corruptions: [
  check: ProofCheckKey,
  title: string,
  corrupt: () => Promise<{ message: number | null }>,
][] = [
  [
    "recipients",
    "a recipient too many in the campaign's count",
    async () => {
      await db.update(campaigns).set({ totalRecipients: 5 });
      return { message: null };
    },
  ],
  [
    "recipients",
    "a recipient whose row is gone",
    async () => {
      await db.delete(messages).where(eq(messages.id, story.failed.messageId));
      return { message: null };
    },
  ],
  [
    "counters",
    "a counter that was changed by hand",
    async () => {
      await db.update(campaigns).set({ deliveredCount: 2 });
      return { message: null };
    },
  ],
  [
    "counters",
    "an answer that is not counted",
    async () => {
      await db.update(campaigns).set({ interactionCount: 0 });
      return { message: null };
    },
  ],
  [
    "acceptedTwice",
    "a second attempt that Twilio accepted",
    async () => {
      await addAttempt(story.read.messageId, { sid: makeSid(), outcome: "accepted" });
      return { message: story.read.messageId };
    },
  ],
  [
    "acceptedTwice",
    "an attempt that was given up and delivered all the same, beside another one",
    async () => {
      await db
        .update(messageAttempts)
        .set({ outcome: "absent" })
        .where(sql`message_id = ${story.again.messageId} and number = 1`);
      return { message: story.again.messageId };
    },
  ],
  [
    "messageOneTwice",
    "a second Message 1 to the same contact",
    async () => {
      await copyMessage(story.read.messageId, sql`to_address || '0'`, sql`contact_id`);
      return { message: story.read.messageId };
    },
  ],
  [
    "messageOneTwice",
    "a second Message 1 to the same address",
    async () => {
      await copyMessage(story.read.messageId, sql`to_address`, sql`null`);
      return { message: story.read.messageId };
    },
  ],
  [
    "messageTwoTwice",
    "a second Message 2 for one answer",
    async () => {
      const copy = await copyMessage(story.two.messageId, sql`to_address`, sql`contact_id`);
      await db.execute(sql`insert into message_events (message_id, type, to_status, data)
        select ${copy}, type, to_status, data from message_events
        where message_id = ${story.two.messageId} and type = 'queued'`);
      return { message: story.two.messageId };
    },
  ],
  [
    "messageTwoUnasked",
    "a Message 2 nobody answered for",
    async () => {
      await db.execute(sql`update interactions set inbound_sid = 'SM0' where content = 'Oui'`);
      return { message: story.two.messageId };
    },
  ],
  [
    "sidOwnedOnce",
    "a SID that two messages have",
    async () => {
      await db
        .update(messages)
        .set({ whatsappMessageId: story.sid })
        .where(eq(messages.id, story.failed.messageId));
      return { message: story.read.messageId };
    },
  ],
  [
    "sidOwnedOnce",
    "a SID that two attempts have",
    async () => {
      await db.execute(
        sql`alter table message_attempts drop constraint if exists message_attempts_sid_unique`,
      );
      await db
        .update(messageAttempts)
        .set({ sid: story.sid })
        .where(eq(messageAttempts.id, story.again.attemptId));
      return { message: story.read.messageId };
    },
  ],
  [
    "attemptsAgree",
    "an accepted attempt whose message waits again",
    async () => {
      await db
        .update(messages)
        .set({ status: "pending", nextAttemptAt: sql`now()` })
        .where(eq(messages.id, story.again.messageId));
      return { message: story.again.messageId };
    },
  ],
  [
    "attemptsAgree",
    "a message sent under the SID of nobody",
    async () => {
      await db
        .update(messages)
        .set({ whatsappMessageId: "SM1" })
        .where(eq(messages.id, story.again.messageId));
      return { message: story.again.messageId };
    },
  ],
  [
    "attemptsAgree",
    "an attempt that is gone",
    async () => {
      await db.delete(messageAttempts).where(eq(messageAttempts.messageId, story.failed.messageId));
      return { message: story.failed.messageId };
    },
  ],
  [
    "journalAgrees",
    "a status the journal does not know of",
    async () => {
      await db.update(messages).set({ status: "delivered" }).where(eq(messages.id, story.again.messageId));
      return { message: story.again.messageId };
    },
  ],
  [
    "journalAgrees",
    "a journal that was lost",
    async () => {
      await db.delete(messageEvents).where(eq(messageEvents.messageId, story.failed.messageId));
      return { message: story.failed.messageId };
    },
  ],
  [
    "nothingStranded",
    "a message that waits for nothing",
    async () => {
      await db.update(messages).set({ nextAttemptAt: null }).where(eq(messages.status, "pending"));
      return { message: story.messageIds[3] as number };
    },
  ],
  [
    "nothingStranded",
    "a completed campaign that has not sent everything",
    async () => {
      await db.update(campaigns).set({ status: "completed" });
      return { message: story.messageIds[3] as number };
    },
  ],
];

describe("every wrong row is red", () => {
  test.each(corruptions)("%s: %s", async (check, _, corrupt) => {
    const { message } = await corrupt();
    for (const scope of [story.campaignId, null]) {
      const proof = await prove(scope);
      expect(proof.ok).toBe(false);
      const found = proof.checks.find(({ key }) => key === check);
      expect(found?.broken).toBeGreaterThan(0);
      expect(found?.rows).toContainEqual(
        expect.objectContaining({ campaignId: story.campaignId, messageId: message }),
      );
    }
  });
});

test("another campaign's wrong rows leave this one's proof green; beyond twenty rows the rest is counted", async () => {
  const other = await makeLaunched(db, 25, {}, makeSenderEnv());
  await db.update(messages).set({ nextAttemptAt: null }).where(eq(messages.campaignId, other.campaignId));
  expect((await prove(story.campaignId)).ok).toBe(true);
  const found = (await prove()).checks.find(({ key }) => key === "nothingStranded");
  expect(found?.broken).toBe(25);
  expect(found?.rows).toHaveLength(20);
  expect(found?.rows[0]).toEqual({
    campaignId: other.campaignId,
    messageId: other.messageIds[0],
    facts: { problem: "never_due", status: "pending" },
  });
});

test("rows taken over from the previous system, whose sends were not ours, are not judged", async () => {
  await db.execute(sql`insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id)
    select null, contact_id, 'message_1', content, 'sent', 'gBEGVz' from messages`);
  expect((await prove()).checks.filter(({ broken }) => broken > 0)).toEqual([]);
});

async function addAttempt(messageId: number, values: { sid: string; outcome: "accepted" }): Promise<void> {
  await db.insert(messageAttempts).values({
    messageId,
    number: 2,
    slotAt: sql`now()`,
    claimedAt: sql`now()`,
    ...values,
  });
}

async function copyMessage(
  messageId: number,
  address: ReturnType<typeof sql>,
  contactId: ReturnType<typeof sql>,
): Promise<number> {
  const { rows } = await db.execute(sql`
    insert into messages (campaign_id, contact_id, message_type, content, status, to_address, next_attempt_at)
    select campaign_id, ${contactId}, message_type, content, 'pending', ${address}, now() from messages
    where id = ${messageId} returning id`);
  return rows[0]?.id as number;
}
