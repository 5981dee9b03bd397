import { expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { createLiveHub, type LiveChange } from "#server/http/live.ts";
import { makeLog } from "#server/testing/factories.ts";
import { type DatabaseProxy, startProxy } from "#server/testing/proxy.ts";

const notify = ({ sql }: TestDatabase, payload: object) =>
  sql`select pg_notify('relance', ${JSON.stringify(payload)})`;

/** Reads until the change arrives; what comes before it is given back too. */
async function readUntil(changes: AsyncIterator<LiveChange[]>, wanted: LiveChange): Promise<LiveChange[]> {
  const seen: LiveChange[] = [];
  for (;;) {
    const { value, done } = await changes.next();
    if (done) throw new Error(`the stream ended after ${JSON.stringify(seen)}`);
    seen.push(...value);
    if (value.some((change: LiveChange) => JSON.stringify(change) === JSON.stringify(wanted))) return seen;
  }
}

/** The hub has noticed that the database is away, and tried in vain. */
async function refusedAgain({ refusals }: DatabaseProxy): Promise<void> {
  const before = refusals();
  await vi.waitFor(() => expect(refusals()).toBeGreaterThan(before), { timeout: 5000 });
}

test("what the database notifies reaches every subscriber, equal changes once", async () => {
  const database = await testDatabase();
  const hub = createLiveHub({ databaseDirectUrl: database.url, log: makeLog() });
  const { signal } = new AbortController();
  const [one, other] = [1, 2].map(() => hub.subscribe(signal)[Symbol.asyncIterator]());
  try {
    await readUntil(one as AsyncIterator<LiveChange[]>, {});
    await readUntil(other as AsyncIterator<LiveChange[]>, {});
    for (let n = 0; n < 50; n++) await notify(database, { campaign: 12 });
    await notify(database, { sender: 1 });
    const seen = await readUntil(one as AsyncIterator<LiveChange[]>, { senderId: 1 });
    expect(seen[0]).toEqual({ campaignId: 12 });
    expect(await readUntil(other as AsyncIterator<LiveChange[]>, { senderId: 1 })).toContainEqual({
      campaignId: 12,
    });
  } finally {
    await hub.close();
  }
});

test("closing the hub or leaving ends a subscription", async () => {
  const { url } = await testDatabase();
  const hub = createLiveHub({ databaseDirectUrl: url, log: makeLog() });
  const leaving = new AbortController();
  const left = hub.subscribe(leaving.signal)[Symbol.asyncIterator]();
  const stayed = hub.subscribe(new AbortController().signal)[Symbol.asyncIterator]();
  await readUntil(left, {});
  await readUntil(stayed, {});
  const [endOfOne, endOfOther] = [left.next(), stayed.next()];
  leaving.abort();
  expect(await endOfOne).toEqual({ done: true, value: undefined });
  await hub.close();
  expect(await endOfOther).toEqual({ done: true, value: undefined });
});

test("after the database was away, and from a start without it, everything is told to look again", async () => {
  const database = await testDatabase();
  const proxy = await startProxy(database.url);
  proxy.cut();
  const hub = createLiveHub({ databaseDirectUrl: proxy.url, log: makeLog() });
  const changes = hub.subscribe(new AbortController().signal)[Symbol.asyncIterator]();
  try {
    const first = changes.next();
    await refusedAgain(proxy);
    proxy.restore();
    expect(await first).toEqual({ done: false, value: [{}] });
    proxy.cut();
    const second = changes.next();
    await refusedAgain(proxy);
    proxy.restore();
    expect(await second).toEqual({ done: false, value: [{}] });
    await notify(database, { campaign: 7 });
    expect(await readUntil(changes, { campaignId: 7 })).toEqual([{ campaignId: 7 }]);
  } finally {
    await hub.close();
    await proxy.close();
  }
});
