// Ten thousand hits that Twilio never signed, over HTTP, at the route itself: none breaks it, none changes anything.
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { accepted, answer, claimNext, makeSid, messageRow } from "#server/testing/engine.ts";
import { makeEnv, makeLaunched, testAccountSid } from "#server/testing/factories.ts";
import { startTestWeb } from "#server/testing/web.ts";
import { inboundForm, statusForm } from "#server/testing/webhooks.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";
import { purgeHits } from "#server/webhooks/purge-hits.ts";

const hits = 10_000;
const atOnce = 20;

const { db, sql, url } = await testDatabase();

/** A message at Twilio: what is said about it under its SID and to its recipient would change it. */
const sent = await sendOne();

async function sendOne() {
  const { senderId, messageIds } = await makeLaunched(db, 1);
  const claim = await claimNext(db, senderId);
  const sid = makeSid();
  await answer(db, { ...claim, senderId }, accepted(sid));
  const { toAddress } = await messageRow(db, messageIds[0] as number);
  return { sid, attemptId: claim.attemptId, to: String(toAddress) };
}

const names = fc.oneof(
  fc.constantFrom("AccountSid", "MessageSid", "SmsSid", "MessageStatus", "From", "To", "Body", "NumMedia"),
  fc.constantFrom(
    "RelanceTest",
    "RelanceReceivedAt",
    "MediaUrl0",
    "ErrorCode",
    "__proto__",
    "constructor",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const values = fc.oneof(
  fc.constantFrom(
    testAccountSid,
    "delivered",
    "failed",
    "read",
    "STOP",
    "join paper-plane",
    "-1",
    "9".repeat(30),
  ),
  fc.constantFrom(
    sent.sid,
    sent.attemptId,
    sent.to,
    "whatsapp:FR.1A",
    "\0",
    "\ud800",
    "<script>alert(1)</script>",
  ),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const form = fc.array(fc.tuple(names, values), { maxLength: 12 }).map(asForm);
/** As Twilio says it, but for the signature, and with something added. */
const status = fc
  .tuple(
    fc.constantFrom("delivered", "read", "failed", "undelivered"),
    fc.array(fc.tuple(names, values), { maxLength: 2 }),
  )
  .map(([word, more]) =>
    asForm([...(Object.entries(statusForm(sent.sid, word, sent.to)) as Pair[]), ...more]),
  );
const anyBody = fc.oneof(
  { weight: 6, arbitrary: form },
  { weight: 2, arbitrary: status },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom("", "%", "%00=%ff", "&&&===", "a=%ED%A0%80", "{}", "[]", "\0") },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 60_000, max: 70_000 }).map((size) => `Body=${"x".repeat(size)}`),
  },
  { weight: 1, arbitrary: fc.json() },
);
const hit = fc.record({
  body: anyBody,
  query: fc.oneof(
    fc.constant(""),
    form.map((text) => `?${text}`),
    fc.constant("?attempt=%00"),
    fc.constant(`?attempt=${sent.attemptId}`),
  ),
  signature: fc.oneof(
    fc.constant(null),
    fc.base64String({ maxLength: 40 }),
    fc.constant("AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
  ),
  method: fc.oneof(
    { weight: 20, arbitrary: fc.constant("POST") },
    { weight: 1, arbitrary: fc.constantFrom("GET", "PUT", "DELETE", "PATCH", "HEAD") },
  ),
  type: fc.constantFrom(
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data",
    "text/plain",
  ),
});
type Hit = typeof hit extends fc.Arbitrary<infer One> ? One : never;

type Pair = [name: string, value: string];

function asForm(pairs: Pair[]): string {
  return pairs.map(([name, value]) => `${safe(name)}=${safe(value)}`).join("&");
}

/** As a client that is no browser may write it: lone halves of surrogate pairs as they would be in bytes. */
function safe(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, "\ufffd"));
}

test("[EX-4.1] [EX-12.5] ten thousand generated hits without a valid signature: no 5xx, and nothing changes", async () => {
  const web = await startTestWeb(url);
  onTestFinished(web.close);
  const world = async () => ({
    contacts: await sql`select * from contacts`,
    campaigns: await sql`select * from campaigns`,
    messages: await sql`select * from messages`,
    attempts: await sql`select * from message_attempts`,
    events: await sql`select * from message_events`,
    answers: await sql`select * from interactions`,
    strangers: await sql`select * from unknown_senders`,
    jobs: await sql`select * from graphile_worker._private_jobs`,
  });
  const before = await world();
  const statuses = new Map<number, number>();
  const send = async ({ body, query, signature, method, type }: Hit) => {
    const response = await fetch(`${web.url}/api/webhooks/twilio${query}`, {
      method,
      headers: { "content-type": type, ...(signature !== null && { "x-twilio-signature": signature }) },
      ...(method !== "GET" && method !== "HEAD" && { body }),
    });
    await response.arrayBuffer();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect([403, 405, 413]).toContain(response.status);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(hit, { minLength: atOnce, maxLength: atOnce }), (batch) =>
      Promise.all(batch.map(send)).then(() => {}),
    ),
    { numRuns: hits / atOnce },
  );
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(hits);
  expect([...statuses.keys()].sort()).toEqual([403, 405, 413]);
  expect(await world()).toEqual(before);
  const [kept] = await sql`select count(*)::int as count, bool_and(verdict = 'refused') as refused,
      max(length(raw_body)) as longest from webhook_events`;
  expect(kept?.refused).toBe(true);
  expect(kept?.longest).toBeLessThanOrEqual(4096);
  expect(kept?.count).toBeLessThan(hits / 10);
  expect(await purgeHits(db, { keptDays: 30 })).toBe(0);
  expect(web.log.lines.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  // what is well signed does change something: the comparison could fail
  const { twilioAuthToken } = makeEnv();
  const post = async (query: string, signed: Record<string, string>) => {
    const signedUrl = `http://127.0.0.1/api/webhooks/twilio${query}`;
    const request = { method: "POST", ...signWebhook(twilioAuthToken, signedUrl, signed) };
    const response = await fetch(`${web.url}/api/webhooks/twilio${query}`, request);
    expect(response.status).toBe(200);
    return world();
  };
  const { to, sid, attemptId } = sent;
  const answered = await post(
    "",
    inboundForm(to.replace("whatsapp:", ""), "Bonjour") as Record<string, string>,
  );
  expect(answered.answers).toHaveLength(1);
  const arrived = await post(
    `?attempt=${attemptId}`,
    statusForm(sid, "delivered", to) as Record<string, string>,
  );
  expect(arrived.messages.map(({ status }) => status)).toContain("delivered");
  expect(arrived.events.length).toBeGreaterThan(before.events.length);
  expect(arrived.campaigns).not.toEqual(before.campaigns);
}, 300_000);
