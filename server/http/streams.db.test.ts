import { createTRPCClient, httpLink } from "@trpc/client";
import { expect, onTestFinished, test, vi } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeSignedIn } from "#server/testing/caller.ts";
import { makeContact, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import { eventsOf, startTestWeb } from "#server/testing/web.ts";
import type { AppRouter } from "#server/trpc/root.ts";
import { createSession, endSession } from "#server/users/sessions.ts";

const { db, url: databaseUrl, sql } = await testDatabase();
const secret = makeEnv().sessionSecret;

async function signedIn(role: "admin" | "super_admin" = "admin") {
  const user = await makeSignedIn(db, role);
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  const cookie = `relance_session=${encodeURIComponent(Buffer.from(JSON.stringify(token)).toString("base64"))}`;
  const { campaignId, contactIds } = await makeLaunched(db, 2, { createdBy: user.id });
  return { user, token, cookie, campaignId, contactIds };
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve };
}

/** A stream of a server that hears the database: what is notified before is told as "anything may have changed". */
async function open(url: string, cookie: string, signal?: AbortSignal) {
  await vi.waitFor(async () => {
    const hearing = await sql`select from pg_stat_activity
      where datname = current_database() and application_name = 'relance-listen' and query ilike 'listen%'`;
    expect(hearing).not.toHaveLength(0);
  }, 20_000);
  const headers = { cookie, accept: "text/event-stream", "accept-encoding": "gzip, br" };
  const response = await fetch(`${url}/api/trpc/live.changes`, { headers, signal });
  return { response, events: eventsOf(response) };
}

async function nextMessage(events: AsyncGenerator<{ event: string; data: string }>) {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error("the stream ended");
    if (value.event === "message") return value.data;
  }
}

const news = (patch: object) =>
  JSON.stringify({ all: false, sender: false, campaignIds: [], contactIds: [], strangers: false, ...patch });
const everything = news({ all: true, sender: true });

/** The first message about something, after those that say to read all. */
async function firstOfOne(events: AsyncGenerator<{ event: string; data: string }>) {
  let message = await nextMessage(events);
  while (message === everything) message = await nextMessage(events);
  return message;
}

test("the stream tells of each change of a campaign, uncompressed, and ends when the server closes", async () => {
  const web = await startTestWeb(databaseUrl);
  const { cookie, campaignId } = await signedIn();
  const { response, events } = await open(web.url, cookie);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await nextMessage(events)).toBe(everything);
  await sql`update messages set status = 'failed' where campaign_id = ${campaignId}`;
  expect(await firstOfOne(events)).toBe(news({ campaignIds: [campaignId] }));
  const since = performance.now();
  const closed = web.close();
  const rest: string[] = [];
  for await (const { event, data } of events) rest.push(`${event} ${data}`);
  await closed;
  expect(performance.now() - since).toBeLessThan(3000);
  // an error that the client takes for a reason to come back, not an end
  expect(rest.at(-1)).toMatch(/^serialized-error .*"SERVICE_UNAVAILABLE"/);
});

test("changes follow each other by half a second at least, and the last one is told", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { cookie, campaignId } = await signedIn();
  const leaving = new AbortController();
  const { events } = await open(web.url, cookie, leaving.signal);
  await nextMessage(events);
  const change = (status: string) =>
    sql`update messages set status = ${status} where campaign_id = ${campaignId}`;
  await change("sent");
  await nextMessage(events);
  const since = performance.now();
  for (let n = 0; n < 50; n++) await change(n % 2 ? "sent" : "pending");
  await nextMessage(events);
  expect(performance.now() - since).toBeGreaterThan(400);
  leaving.abort();
});

test("a browser that leaves ends its stream on the server", async () => {
  const left = gate();
  const web = await startTestWeb(databaseUrl, {
    loaders: {
      // what the stream of a procedure sees of its client: the signal of its request
      stream: ({ request }) => {
        request.signal.addEventListener("abort", () => left.resolve());
        return new Response(
          new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode(": hi\n\n")) }),
          {
            headers: { "content-type": "text/event-stream" },
          },
        );
      },
    },
  });
  onTestFinished(web.close);
  const leaving = new AbortController();
  const response = await fetch(`${web.url}/stream`, { signal: leaving.signal });
  await response.body?.getReader().read();
  leaving.abort();
  await left.promise;
});

test("an open stream is no activity of the session, and nobody streams without one", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { user, cookie } = await signedIn();
  await sql`update sessions set last_seen_at = now() - interval '20 minutes' where user_id = ${user.id}`;
  const leaving = new AbortController();
  const { events } = await open(web.url, cookie, leaving.signal);
  await nextMessage(events);
  const [idle] = await sql`
    select last_seen_at < now() - interval '19 minutes' as idle from sessions where user_id = ${user.id}`;
  expect(idle).toEqual({ idle: true });
  leaving.abort();
  const refused = await open(web.url, "");
  const told: string[] = [];
  for await (const { event, data } of refused.events) told.push(`${event} ${data}`);
  expect(told.at(-1)).toMatch(/^serialized-error .*auth\.required/);
});

test("a stream tells of nobody else's campaigns, and of several at once", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const [claire, stranger] = [await signedIn(), await signedIn()];
  const { campaignId: second } = await makeLaunched(db, 1, { createdBy: claire.user.id });
  const leaving = new AbortController();
  const { events } = await open(web.url, claire.cookie, leaving.signal);
  await nextMessage(events);
  const ids = [stranger.campaignId, claire.campaignId, second];
  await sql`update messages set status = 'failed' where campaign_id = any(${ids})`;
  const told = JSON.parse(await firstOfOne(events));
  // in whatever order the rows lie
  told.campaignIds.sort((a: number, b: number) => a - b);
  expect(JSON.stringify(told)).toBe(news({ campaignIds: [claire.campaignId, second] }));
  leaving.abort();
});

test("a message that comes in is told to whoever answers for the contact, an unknown sender's to super admins", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const [claire, hugo, boss] = [await signedIn(), await signedIn(), await signedIn("super_admin")];
  const [ofHugo, ofClaire] = [
    await makeContact(db, { createdBy: hugo.user.id }),
    await makeContact(db, { createdBy: claire.user.id }),
  ];
  const leaving = new AbortController();
  const [hers, theirs] = [
    (await open(web.url, claire.cookie, leaving.signal)).events,
    (await open(web.url, boss.cookie, leaving.signal)).events,
  ];
  await Promise.all([nextMessage(hers), nextMessage(theirs)]);
  await sql.begin(async (tx) => {
    for (const id of [ofHugo, ofClaire]) {
      await tx`insert into interactions (contact_id, interaction_type, content) values (${id}, 'reply', 'Bonjour')`;
    }
    const [sender] = await tx`insert into unknown_senders (address) values ('whatsapp:FR.1') returning id`;
    await tx`insert into unknown_sender_messages (unknown_sender_id, inbound_sid, content)
      values (${sender?.id}, 'SM1', 'Bonjour')`;
  });
  expect(await firstOfOne(hers)).toBe(news({ contactIds: [ofClaire] }));
  const told = JSON.parse(await firstOfOne(theirs));
  expect(told).toMatchObject({ strangers: true });
  expect(told.contactIds.sort()).toEqual([ofHugo, ofClaire].sort());
  leaving.abort();
});

test("the stream of a closed account ends at once", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { user, cookie } = await signedIn();
  const { events } = await open(web.url, cookie);
  await nextMessage(events);
  const { call } = await callerOf(db, "super_admin");
  await call.users.setActive({ id: user.id, isActive: false });
  const told: string[] = [];
  for await (const { event, data } of events) told.push(`${event} ${data}`);
  expect(told.at(-1)).toMatch(/^serialized-error .*"UNAUTHORIZED"/);
});

test("whoever loses a role hears of nobody else's campaigns any more, on the stream that is open", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const [boss, claire] = [await signedIn("super_admin"), await signedIn()];
  const leaving = new AbortController();
  const { events } = await open(web.url, boss.cookie, leaving.signal);
  await nextMessage(events);
  await sql`update messages set status = 'failed' where campaign_id = any(${[boss.campaignId, claire.campaignId]})`;
  expect(await firstOfOne(events)).toBe(news({ campaignIds: [boss.campaignId, claire.campaignId] }));
  await sql`update users set role = 'admin' where id = ${boss.user.id}`;
  // all that is shown is to be read again
  expect(await nextMessage(events)).toBe(everything);
  await sql`update messages set status = 'pending' where campaign_id = any(${[boss.campaignId, claire.campaignId]})`;
  expect(await firstOfOne(events)).toBe(news({ campaignIds: [boss.campaignId] }));
  leaving.abort();
});

test("signing out in one tab ends the streams of the others", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { cookie, token } = await signedIn();
  const { events } = await open(web.url, cookie);
  await nextMessage(events);
  await endSession(db, { token, secret });
  const told: string[] = [];
  for await (const { event, data } of events) told.push(`${event} ${data}`);
  expect(told.at(-1)).toMatch(/^serialized-error .*"UNAUTHORIZED"/);
});

test("a stream tells of the user's own contacts: who writes, and whose card changes", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const [claire, stranger] = [await signedIn(), await signedIn()];
  const leaving = new AbortController();
  const { events } = await open(web.url, claire.cookie, leaving.signal);
  await nextMessage(events);
  const [id = 0] = claire.contactIds;
  await sql`update contacts set sandbox_left_at = now() where id = any(${[id, ...stranger.contactIds]})`;
  expect(await firstOfOne(events)).toBe(news({ contactIds: [id] }));
  await sql`insert into interactions (contact_id, interaction_type) values (${id}, 'reply')`;
  expect(await firstOfOne(events)).toBe(news({ contactIds: [id] }));
  leaving.abort();
});

test("closing waits for a request that is being answered", async () => {
  const asked = gate();
  const answer = gate();
  const web = await startTestWeb(databaseUrl, {
    loaders: {
      slow: async () => {
        asked.resolve();
        await answer.promise;
        return new Response("done");
      },
    },
  });
  const response = fetch(`${web.url}/slow`);
  await asked.promise;
  let closed = false;
  const closing = web.close().then(() => {
    closed = true;
  });
  await expect(fetch(`${web.url}/healthz`)).rejects.toThrow();
  expect(closed).toBe(false);
  answer.resolve();
  expect(await (await response).text()).toBe("done");
  await closing;
});

test("what a procedure refuses has a code and never a stack", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { cookie } = await signedIn();
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${web.url}/api/trpc`, headers: { cookie, "x-relance-client": "test" } })],
  });
  const shapeOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      ({ shape }) => shape,
    );
  expect(await shapeOf(client.contacts.get.query({ id: 999_999 }))).toEqual({
    code: -32004,
    message: "contact.not_found",
    data: {
      code: "NOT_FOUND",
      httpStatus: 404,
      path: "contacts.get",
      problem: { code: "contact.not_found", meta: {}, fields: {} },
    },
  });
  expect(await shapeOf(client.contacts.create.mutate({ number: "06 12", country: "FR" }))).toMatchObject({
    message: "invalid_input",
    data: { httpStatus: 400, problem: { code: null, fields: { number: "invalid_phone" } } },
  });
});

test("a surprise is logged once with its stack, and told as nothing but that", async () => {
  const { db: own, url, sql: ownSql } = await testDatabase();
  const web = await startTestWeb(url);
  onTestFinished(web.close);
  const user = await makeSignedIn(own);
  const token = await createSession(own, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  const cookie = `relance_session=${encodeURIComponent(Buffer.from(JSON.stringify(token)).toString("base64"))}`;
  await ownSql`alter table contacts rename to contacts_gone`;
  const response = await fetch(`${web.url}/api/trpc/contacts.list?input=%7B%7D`, { headers: { cookie } });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    error: { message: "INTERNAL_SERVER_ERROR", data: { problem: null } },
  });
  expect(text).not.toMatch(/contacts_gone|relation|select|at /);
  const errors = web.log.lines.filter((line) => line.includes('"level":"error"'));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/does not exist.*contacts\.list/s);
});

test("who brings a cookie without a session is no page of ours, whatever their headers say", async () => {
  const web = await startTestWeb(databaseUrl, { env: { API_REQUESTS_PER_MINUTE: "3" } });
  onTestFinished(web.close);
  const cookie = `relance_session=${encodeURIComponent(Buffer.from('"nobody"').toString("base64"))}`;
  const ask = () => fetch(`${web.url}/api/trpc/auth.me`, { headers: { cookie, "x-relance-quiet": "1" } });
  const statuses = [];
  for (let n = 0; n < 4; n++) statuses.push((await ask()).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test("what pages ask by themselves uses up nothing of what their user may ask", async () => {
  const web = await startTestWeb(databaseUrl);
  onTestFinished(web.close);
  const { cookie } = await signedIn();
  const ask = (headers: Record<string, string> = {}) =>
    fetch(`${web.url}/api/trpc/conversations.counts`, { headers: { cookie, ...headers } });
  const quiet = { "x-relance-quiet": "1" };
  const statuses = async (times: number, headers?: Record<string, string>) => {
    const seen = new Set<number>();
    for (let n = 0; n < times; n++) seen.add((await ask(headers)).status);
    return [...seen];
  };
  expect(await statuses(120, quiet)).toEqual([200]);
  expect(await statuses(100)).toEqual([200]);
  expect(await statuses(1)).toEqual([429]);
  expect(await statuses(1, quiet)).toEqual([200]);
  const leaving = new AbortController();
  const { events } = await open(web.url, cookie, leaving.signal);
  expect(await nextMessage(events)).toBe(everything);
  leaving.abort();
});
