// The short way of the commonest writes ends exactly where the general code would (docs/decisions/0004).
import { asc, eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts } from "#db/schema/messages.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { settleAttempt } from "#server/messages/settle-attempt.ts";
import {
  accepted,
  campaignRow,
  claimNext,
  eventsOf,
  makeSenderEnv,
  makeSid,
  messageRow,
  senderRow,
} from "#server/testing/engine.ts";
import { makeEnv, makeLaunched, makeLog } from "#server/testing/factories.ts";
import { statusForm, webhookOf } from "#server/testing/webhooks.ts";
import { applyWebhookEvent } from "#server/webhooks/apply-event.ts";
import { applyUsualStatus } from "#server/webhooks/usual-statuses.ts";

const { db } = await testDatabase();
const services = { db, env: makeEnv(), log: makeLog() };

const words = ["answer", "sent", "delivered", "read", "failed", "queued", "stranger"] as const;
type Word = (typeof words)[number];
type Way = "short" | "general";

async function storeEvent(attemptId: string, form: ReturnType<typeof statusForm>): Promise<number> {
  const [event] = await db
    .insert(webhookEvents)
    .values({
      kind: "status",
      verdict: "accepted",
      url: "/api/webhooks/twilio",
      rawBody: "",
      params: form,
      messageSid: String(form.MessageSid),
      attemptId,
    })
    .returning({ id: webhookEvents.id });
  return event?.id as number;
}

/** What differs between any two messages of a test. */
const ownOfEach = new Set(
  "id messageId campaignId contactId senderId lastCampaignId fullNumber phoneNumber firstName lastName name content contentVariables dedupeKey fromAddress address".split(
    " ",
  ),
);

/** Plays the words about one new message; what is left is told without what differs between any two messages. */
async function play(order: readonly Word[], way: Way) {
  const { senderId, campaignId, contactIds } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = await claimNext(db, senderId);
  const sid = makeSid();
  const eventIds: number[] = [];
  for (const word of order) {
    if (word === "answer") {
      const settlement = { ...claim, senderId, result: accepted(sid), requestedAfterMs: 1 };
      await settleAttempt(db, services.env, { ...settlement, again: way === "general" });
      continue;
    }
    const to = word === "stranger" ? "whatsapp:+33600000001" : claim.toAddress;
    const status = word === "stranger" ? "read" : word;
    const failure: Record<string, string> = word === "failed" ? { ErrorCode: "63015" } : {};
    const eventId = await storeEvent(claim.attemptId, statusForm(sid, status, to, failure));
    eventIds.push(eventId);
    const done = way === "short" && (await applyUsualStatus(db, eventId));
    if (!done) await applyWebhookEvent(services, eventId);
  }
  const said =
    eventIds.length === 0
      ? []
      : await db
          .select()
          .from(webhookEvents)
          .where(inArray(webhookEvents.id, eventIds))
          .orderBy(asc(webhookEvents.id));
  const [attempt] = await db.select().from(messageAttempts).where(eq(messageAttempts.id, claim.attemptId));
  const [contact] = await db
    .select()
    .from(contacts)
    .where(eq(contacts.id, contactIds[0] as number));
  const names = new Map<unknown, string>([
    [claim.attemptId, "attempt"],
    [sid, "sid"],
    [claim.toAddress, "to"],
  ]);
  const plain = (value: unknown): unknown => {
    if (typeof value === "string" && names.has(value)) return names.get(value);
    if (value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)))
      return "time";
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== "object") return value;
    const kept = Object.entries(value).filter(([name]) => !ownOfEach.has(name));
    return Object.fromEntries(
      kept.map(([name, of]) => [
        name,
        name === "webhookEventId" ? eventIds.indexOf(of as number) : plain(of),
      ]),
    );
  };
  return plain({
    message: await messageRow(db, claim.messageId),
    attempt,
    contact,
    campaign: await campaignRow(db, campaignId),
    sender: await senderRow(db, senderId),
    history: await eventsOf(db, claim.messageId),
    said: said.map(({ result, appliedAt, error }) => ({ result, applied: appliedAt !== null, error })),
  });
}

test("[EX-5.2] [EX-5.3] whatever is said about a message in whatever order, both ways leave the same rows and history", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 7 }), async (order) => {
      expect(await play(order, "short")).toEqual(await play(order, "general"));
    }),
    { numRuns: 60, examples: [[["answer", "sent", "delivered", "read"]], [["answer", "read", "delivered"]]] },
  );
}, 60_000);

test("the usual callbacks really go the short way, together, and leave what is not usual untouched", async () => {
  const { senderId, campaignId } = await makeLaunched(db, 3, {}, makeSenderEnv());
  const ids: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const claim = await claimNext(db, senderId);
    const sid = makeSid();
    await settleAttempt(db, services.env, { ...claim, senderId, result: accepted(sid), requestedAfterMs: 1 });
    for (const status of ["sent", "delivered", "read"]) {
      ids.push(await storeEvent(claim.attemptId, statusForm(sid, status, claim.toAddress)));
    }
    ids.push(
      await storeEvent(claim.attemptId, statusForm(sid, "failed", claim.toAddress, { ErrorCode: "63015" })),
    );
  }
  const applied = await Promise.all(ids.map((id) => applyUsualStatus(db, id)));
  expect(applied).toEqual([true, true, true, false, true, true, true, false, true, true, true, false]);
  expect(await campaignRow(db, campaignId)).toMatchObject({
    sentCount: 3,
    deliveredCount: 3,
    readCount: 3,
    failedCount: 0,
  });
  expect(await Promise.all(ids.map((id) => applyUsualStatus(db, id)))).not.toContain(true);
});

test("a batch the database refuses is left to the general code, which says why", async () => {
  const { senderId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = await claimNext(db, senderId);
  const sid = makeSid();
  await settleAttempt(db, services.env, { ...claim, senderId, result: accepted(sid), requestedAfterMs: 1 });
  const { post } = webhookOf(db);
  await db.execute(sql`alter function relance.apply_usual_statuses(bigint[]) rename to gone`);
  try {
    const answer = await post(statusForm(sid, "delivered", claim.toAddress), {
      query: `?attempt=${claim.attemptId}`,
    });
    expect(answer.status).toBe(200);
  } finally {
    await db.execute(sql`alter function relance.gone(bigint[]) rename to apply_usual_statuses`);
  }
  expect((await messageRow(db, claim.messageId)).status).toBe("delivered");
});
