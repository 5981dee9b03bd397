// What is kept of hits that are not Twilio's, and how much of it (design.md 3).
import twilio from "twilio";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";
import { handleWebhook } from "#server/webhooks/handle-webhook.ts";
import { allowRefusal, refusalsPerMinute } from "#server/webhooks/refusal-allowance.ts";
import { refuseHit } from "#server/webhooks/refuse-hit.ts";

const path = "/api/webhooks/twilio";

test("[EX-4.1] a refused hit is kept with its headers and the address it was signed for", async () => {
  const { db, sql } = await testDatabase();
  const { services } = webhookOf(db);
  const form = inboundForm("+33639112001", "Bonjour") as Record<string, string>;
  const signature = twilio.getExpectedTwilioSignature(
    services.env.twilioAuthToken,
    `https://autre.example.org${path}`,
    form,
  );
  const headers = { host: "autre.example.org", "user-agent": "TwilioProxy/1.1" };
  const body = new URLSearchParams(form).toString();
  const hit = { rawUrl: path, ip: "192.0.2.1", signature, headers, body };
  expect((await handleWebhook(services, hit)).status).toBe(403);
  const [kept] = await sql`select * from webhook_events`;
  expect(kept).toMatchObject({
    diagnosis: "wrong_signature",
    headers,
    raw_body: body,
    body_bytes: body.length,
  });
  expect(kept?.match).toEqual({
    signedUrl: `https://autre.example.org${path}`,
    expectedUrl: `https://relance.example.org${path}`,
    differences: ["host"],
    token: "current",
    body: "as_received",
  });
});

test("[EX-4.1] a hit signed with the previous token is accepted, and says so", async () => {
  const { db, sql } = await testDatabase();
  const { post, services } = webhookOf(db, { TWILIO_AUTH_TOKEN_PREVIOUS: "the-old-one" });
  const form = inboundForm("+33639112002", "Bonjour");
  const url = `${services.env.webhookBaseUrl}${path}`;
  const signature = twilio.getExpectedTwilioSignature("the-old-one", url, form);
  expect((await post(form, { signature })).status).toBe(200);
  expect((await post(inboundForm("+33639112002", "Bonsoir"))).status).toBe(200);
  const kept = await sql`select match ->> 'token' as token from webhook_events order by id`;
  expect(kept).toEqual([{ token: "previous" }, { token: null }]);
});

test("[EX-4.1] a call by GET is kept with what to change, and known as Twilio's when it is signed", async () => {
  const { db, sql } = await testDatabase();
  const { services } = webhookOf(db);
  const rawUrl = `${path}?From=whatsapp%3A%2B33639112003`;
  const signature = twilio.getExpectedTwilioSignature(
    services.env.twilioAuthToken,
    services.env.webhookBaseUrl + rawUrl,
    {},
  );
  const hit = { rawUrl, ip: null, method: "GET", body: "", headers: {} };
  await refuseHit(services, { ...hit, signature }, "wrong_method");
  await refuseHit(services, { ...hit, signature: null }, "wrong_method");
  expect(
    await sql`select method, diagnosis, match is not null as genuine from webhook_events order by id`,
  ).toEqual([
    { method: "GET", diagnosis: "wrong_method", genuine: true },
    { method: "GET", diagnosis: "wrong_method", genuine: false },
  ]);
});

test("[EX-4.1] of a flood no more is kept, nor logged, than so many a minute; what looks like Twilio is kept beside it", async () => {
  const { db, sql } = await testDatabase();
  const { post, log } = webhookOf(db);
  const foreign = { AccountSid: `AC${"9".repeat(32)}` };
  for (let n = 0; n < refusalsPerMinute.unlikely + 20; n++) {
    expect((await post(inboundForm("+33639112004", "x", foreign), { signature: "x" })).status).toBe(403);
  }
  expect((await post(inboundForm("+33639112004", "ours"), { signature: "x" })).status).toBe(403);
  const [kept] =
    await sql`select count(*)::int as count, count(*) filter (where raw_body like '%ours%')::int as ours
    from webhook_events`;
  expect(kept).toEqual({ count: refusalsPerMinute.unlikely + 1, ours: 1 });
  expect(log.lines).toHaveLength(refusalsPerMinute.unlikely + 1);
});

test("[EX-4.1] what looks like Twilio is kept to the last byte, the beginning of anything else", async () => {
  const { db, sql } = await testDatabase();
  const { post } = webhookOf(db);
  const long = `${"à".repeat(9000)} fin`;
  await post(inboundForm("+33639112005", long), { signature: "x" });
  await post(inboundForm("+33639112005", long, { AccountSid: `AC${"9".repeat(32)}` }), { signature: "x" });
  const [whole, cut] = await sql`select raw_body, body_bytes from webhook_events order by id`;
  expect(new URLSearchParams(whole?.raw_body).get("Body")).toBe(long);
  expect(cut?.raw_body).toHaveLength(4096);
  expect(cut?.body_bytes).toBeGreaterThan(4096);
});

test("a minute later the next ones are kept, and the number of those that were not is told once", async () => {
  const { db } = await testDatabase();
  for (let n = 0; n < refusalsPerMinute.likely; n++)
    expect(allowRefusal(db, "likely", 1000 + n).keep).toBe(true);
  expect(allowRefusal(db, "likely", 60_999)).toEqual({ keep: false, dropped: 0 });
  expect(allowRefusal(db, "likely", 61_000)).toEqual({ keep: true, dropped: 1 });
  expect(allowRefusal(db, "likely", 61_001)).toEqual({ keep: true, dropped: 0 });
});
