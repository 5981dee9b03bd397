// A drainer from lane to recorded outcome: when it stops, what it gives back, and what it keeps (engine.md 5 to 7).
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect, type Database, queryRows } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senderLanes } from "#db/schema/senders.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { drainSender, type SendingContext } from "#server/messages/drain-sender.ts";
import {
  accepted,
  attemptRow,
  eventsOf,
  makeSenderEnv,
  makeSid,
  messageRow,
} from "#server/testing/engine.ts";
import { makeLaunched, makeLog } from "#server/testing/factories.ts";
import { startProxy } from "#server/testing/proxy.ts";
import type { SendRequest, SendResult, WhatsAppGateway } from "#server/twilio/gateway.ts";

const { db, url } = await testDatabase();

type Sending = Partial<SendingContext> & { send?: (request: SendRequest) => Promise<SendResult> };

/** A drainer's surroundings; Twilio accepts everything unless told otherwise, and what it was asked is kept. */
function surroundings({ send, ...patch }: Sending = {}) {
  const requests: SendRequest[] = [];
  const gateway = {
    send: (request: SendRequest) => {
      requests.push(request);
      return send?.(request) ?? Promise.resolve(accepted(makeSid()) as SendResult);
    },
  } as WhatsAppGateway;
  const log = makeLog();
  const context: SendingContext = {
    db,
    gateway,
    log,
    env: makeSenderEnv(),
    workerId: randomUUID(),
    stopping: new AbortController().signal,
    ...patch,
  };
  return { context, requests, log };
}

/** This machine's clocks; `suspend` makes the time pass that it slept. */
function clocks() {
  let offset = 0;
  const wall = Date.now.bind(Date);
  const monotonic = performance.now.bind(performance);
  vi.spyOn(Date, "now").mockImplementation(() => wall() + offset);
  const monotonicSpy = vi.spyOn(performance, "now").mockImplementation(() => monotonic() + offset);
  return {
    suspend: (ms: number) => {
      offset += ms;
    },
    /** on some systems the monotonic clock does not count sleep */
    stopMonotonic: () => monotonicSpy.mockImplementation(monotonic),
  };
}

/** The database as a machine sees it that `afterwards` happens to between a claim's commit and its answer. */
function answeringLate(afterwards: () => void): Database {
  let happened = false;
  return new Proxy(db, {
    get(target, property, receiver) {
      if (property !== "execute" || happened) return Reflect.get(target, property, receiver);
      return async (query: Parameters<Database["execute"]>[0]) => {
        const result = await target.execute(query);
        const [first] = result.rows as { verdict?: string }[];
        if (first?.verdict === "claimed") {
          happened = true;
          afterwards();
        }
        return result;
      };
    },
  });
}

const statuses = async (campaignId: number) =>
  (await db.select().from(messages).where(eq(messages.campaignId, campaignId)).orderBy(messages.id)).map(
    ({ status }) => status,
  );

const lanesHeld = async (senderId: number) => {
  const rows = await db
    .select({ holder: senderLanes.holder })
    .from(senderLanes)
    .where(sql`${senderLanes.senderId} = ${senderId} and held_until > clock_timestamp()`);
  return rows.length;
};

/** Drain jobs waiting for this sender. */
const hints = async (senderId: number) => {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'drain_sender' and (j.payload ->> 'senderId')::int = ${senderId}`,
  );
  return row?.count ?? 0;
};
const forgetHints = () => db.execute(sql`delete from graphile_worker._private_jobs`);

for (const clock of ["every clock", "the wall clock alone"]) {
  test(`a claim whose answer took more than 5 s (by ${clock}) is given back: no request, no retry used`, async () => {
    const env = makeSenderEnv();
    const { senderId, messageIds } = await makeLaunched(db, 1, {}, env);
    const [messageId] = messageIds as [number];
    const { suspend, stopMonotonic } = clocks();
    if (clock !== "every clock") stopMonotonic();
    const { context, requests } = surroundings({ env, db: answeringLate(() => suspend(5_001)) });
    await drainSender(context, senderId);
    const attempts = await db
      .select()
      .from(messageAttempts)
      .where(eq(messageAttempts.messageId, messageId))
      .orderBy(messageAttempts.number);
    expect(attempts.map(({ outcome, requestedAt }) => [outcome, requestedAt !== null])).toEqual([
      ["given_back", false],
      ["accepted", true],
    ]);
    expect(requests.map(({ attemptId }) => attemptId)).toEqual([attempts[1]?.id]);
    expect(await messageRow(db, messageId)).toMatchObject({ status: "sent", attempt: 2, retryCount: 0 });
    expect((await eventsOf(db, messageId)).map(({ type }) => type)).toEqual([
      "claim",
      "giveBack",
      "claim",
      "accept",
    ]);
  });
}

test("a claim whose answer took less goes out", async () => {
  const env = makeSenderEnv();
  const { senderId, messageIds } = await makeLaunched(db, 1, {}, env);
  const { suspend } = clocks();
  const { context, requests } = surroundings({ env, db: answeringLate(() => suspend(4_000)) });
  await drainSender(context, senderId);
  expect(requests).toHaveLength(1);
  expect(await messageRow(db, messageIds[0] as number)).toMatchObject({ status: "sent", attempt: 1 });
});

test("without a free lane a drainer returns at once and claims nothing", async () => {
  const env = makeSenderEnv({ SEND_CONCURRENCY: "2" });
  const { senderId, campaignId } = await makeLaunched(db, 2, {}, env);
  await db
    .update(senderLanes)
    .set({ holder: randomUUID(), heldUntil: sql`now() + interval '10 seconds'` })
    .where(eq(senderLanes.senderId, senderId));
  const { context, requests } = surroundings({ env });
  await drainSender(context, senderId);
  expect(requests).toEqual([]);
  expect(await statuses(campaignId)).toEqual(["pending", "pending"]);
});

test("no more drainers than lanes ask Twilio at once, however many there are", async () => {
  const env = makeSenderEnv({ SEND_CONCURRENCY: "2" });
  const { senderId, campaignId } = await makeLaunched(db, 12, {}, env);
  let [atOnce, most] = [0, 0];
  const { context } = surroundings({
    env,
    send: async () => {
      most = Math.max(most, ++atOnce);
      await db.execute(sql`select pg_sleep(0.005)`);
      atOnce -= 1;
      return accepted(makeSid()) as SendResult;
    },
  });
  await Promise.all(Array.from({ length: 6 }, () => drainSender(context, senderId)));
  expect(most).toBe(2);
  expect(await statuses(campaignId)).toEqual(Array(12).fill("sent"));
  expect(await lanesHeld(senderId)).toBe(0);
});

test("a drainer that lost its lane stops, and leaves the lane to its new holder", async () => {
  const env = makeSenderEnv({ SEND_CONCURRENCY: "1" });
  const { senderId, campaignId } = await makeLaunched(db, 3, {}, env);
  const { suspend } = clocks();
  const other = randomUUID();
  const { context, requests } = surroundings({
    env,
    send: async () => {
      await db.update(senderLanes).set({ holder: other }).where(eq(senderLanes.senderId, senderId));
      suspend(5_001);
      return accepted(makeSid()) as SendResult;
    },
  });
  await drainSender(context, senderId);
  expect(requests).toHaveLength(1);
  expect(await statuses(campaignId)).toEqual(["sent", "pending", "pending"]);
  const [lane] = await db.select().from(senderLanes).where(eq(senderLanes.senderId, senderId));
  expect(lane?.holder).toBe(other);
});

test("a drainer works for 30 s at most, frees its lane and adds another when something is due", async () => {
  const env = makeSenderEnv();
  const { senderId, campaignId } = await makeLaunched(db, 2, {}, env);
  await forgetHints();
  const { suspend } = clocks();
  const { context } = surroundings({
    env,
    send: async () => {
      suspend(30_001);
      return accepted(makeSid()) as SendResult;
    },
  });
  await drainSender(context, senderId);
  expect(await statuses(campaignId)).toEqual(["sent", "pending"]);
  expect(await lanesHeld(senderId)).toBe(0);
  expect(await hints(senderId)).toBe(1);
  await forgetHints();
  await drainSender(context, senderId);
  expect(await statuses(campaignId)).toEqual(["sent", "sent"]);
  expect(await hints(senderId)).toBe(0);
});

test("told to stop, it finishes and records the request in flight and claims no more", async () => {
  const env = makeSenderEnv();
  const { senderId, campaignId } = await makeLaunched(db, 2, {}, env);
  const stopping = new AbortController();
  const { context } = surroundings({
    env,
    stopping: stopping.signal,
    send: async () => {
      stopping.abort();
      return accepted(makeSid()) as SendResult;
    },
  });
  await drainSender(context, senderId);
  expect(await statuses(campaignId)).toEqual(["sent", "pending"]);
  expect(await lanesHeld(senderId)).toBe(0);
});

test("told to stop, it does not wait for the next slot", async () => {
  const env = makeSenderEnv({ SEND_INTERVAL_MS: "60000" });
  const { senderId, campaignId } = await makeLaunched(db, 2, {}, env);
  const stopping = new AbortController();
  const { context } = surroundings({ env, stopping: stopping.signal });
  const drained = drainSender(context, senderId);
  await vi.waitFor(async () => expect(await statuses(campaignId)).toEqual(["sent", "pending"]), {
    timeout: 5_000,
    interval: 10,
  });
  stopping.abort();
  await drained;
  expect(await lanesHeld(senderId)).toBe(0);
});

test("[EX-2.4] a database that goes away after the acceptance: the SID is kept and stored when it is back, nothing else is claimed meanwhile", async () => {
  const env = makeSenderEnv();
  const { senderId, campaignId, messageIds } = await makeLaunched(db, 2, {}, env);
  const proxy = await startProxy(url);
  const connection = connect(proxy.url, { max: 3 });
  onTestFinished(async () => {
    await connection.close();
    await proxy.close();
  });
  const sids = [makeSid(), makeSid()];
  const { context, requests, log } = surroundings({
    env,
    db: connection.db,
    send: async () => {
      const sid = sids[requests.length - 1] as string;
      if (requests.length === 1) proxy.cut();
      return accepted(sid) as SendResult;
    },
  });
  const drained = drainSender(context, senderId);
  await vi.waitFor(() => expect(log.lines.join()).toContain("outcome not stored yet"), { interval: 5 });
  await vi.waitFor(() => expect(proxy.refusals()).toBeGreaterThan(1), { timeout: 5_000, interval: 10 });
  expect(await statuses(campaignId)).toEqual(["sending", "pending"]);
  expect(log.lines.join()).toContain(sids[0]);
  proxy.restore();
  await drained;
  expect(await statuses(campaignId)).toEqual(["sent", "sent"]);
  const [first, second] = await Promise.all(messageIds.map((id) => messageRow(db, id)));
  expect([first?.whatsappMessageId, second?.whatsappMessageId]).toEqual(sids);
  expect(first?.attempt).toBe(1);
  expect((await attemptRow(db, first?.currentAttemptId as string)).outcome).toBe("accepted");
  expect(requests).toHaveLength(2);
});

test("an outcome stored whose confirmation was lost is stored once", async () => {
  const env = makeSenderEnv();
  const { senderId, messageIds } = await makeLaunched(db, 1, {}, env);
  let lost = false;
  const losing: Database = new Proxy(db, {
    get(target, property, receiver) {
      if (property !== "transaction" || lost) return Reflect.get(target, property, receiver);
      return async (work: Parameters<Database["transaction"]>[0]) => {
        await target.transaction(work);
        lost = true;
        throw new Error("Connection terminated unexpectedly");
      };
    },
  });
  const { context, requests } = surroundings({
    env,
    db: losing,
    send: () => Promise.resolve({ kind: "unreachable", message: "ECONNREFUSED" }),
  });
  await drainSender(context, senderId);
  expect(requests).toHaveLength(1);
  const [messageId] = messageIds as [number];
  expect(await messageRow(db, messageId)).toMatchObject({ status: "pending", retryCount: 1 });
  expect((await eventsOf(db, messageId)).map(({ type }) => type)).toEqual(["claim", "retry"]);
});
