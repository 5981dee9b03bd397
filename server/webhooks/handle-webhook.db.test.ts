// The webhook itself: who is let in, what is kept, what is answered when something is broken (Exigence 4; design.md 7).
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import twilio from "twilio";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContact } from "#server/testing/factories.ts";
import { startProxy } from "#server/testing/proxy.ts";
import { inboundForm, statusForm, type WebhookForm, webhookOf } from "#server/testing/webhooks.ts";
import { applyPendingEvents } from "#server/webhooks/apply-event.ts";
import { handleWebhook } from "#server/webhooks/handle-webhook.ts";

const { db, sql, url } = await testDatabase();
const { services, post, log } = webhookOf(db);

/** Everything a webhook may change, but its own event. */
const world = async () => ({
  contacts: await sql`select * from contacts order by id`,
  messages: await sql`select * from messages order by id`,
  answers: await sql`select * from interactions order by id`,
  strangers: await sql`select * from unknown_sender_messages order by id`,
  senders: await sql`select * from senders order by id`,
});
const lastEvent = async () => {
  const [event] = await sql`select * from webhook_events order by id desc limit 1`;
  return event;
};
const makeAllDue = () => sql`update webhook_events set next_try_at = now() where applied_at is null`;

test.each([
  ["unsigned", { signature: null }, {}],
  ["wrong_signature", { signature: "Zm9yZ2Vk" }, {}],
  ["wrong_account", {}, { AccountSid: `AC${"9".repeat(32)}` }],
] as [string, { signature?: null | string }, WebhookForm][])(
  "[EX-4.1] a hit that is %s is 403 and changes nothing but its own record",
  async (diagnosis, options, fields) => {
    await makeContact(db, { fullNumber: `+3363911${diagnosis.length}` });
    const before = await world();
    const answer = await post(inboundForm(`+3363911${diagnosis.length}`, "STOP", fields), options);
    expect(answer).toEqual({ status: 403, body: "" });
    expect(await world()).toEqual(before);
    expect(await lastEvent()).toMatchObject({
      verdict: "refused",
      diagnosis,
      applied_at: null,
      result: null,
      params: {},
    });
    await makeAllDue();
    await applyPendingEvents(services);
    expect(await world()).toEqual(before);
  },
);

test("[EX-4.1] a signature made for another query is refused", async () => {
  const form = inboundForm("+33639110001", "Bonjour");
  const { twilioAuthToken, webhookBaseUrl } = services.env;
  const url = `${webhookBaseUrl}/api/webhooks/twilio?attempt=1`;
  const signature = twilio.getExpectedTwilioSignature(twilioAuthToken, url, form);
  expect((await post(form, { query: "?attempt=2", signature })).status).toBe(403);
  expect((await post(form, { query: "?attempt=1", signature })).status).toBe(200);
});

test("[EX-12.3] what is refused is stored whatever it calls itself, without end too, and no more of it than its beginning", async () => {
  const endless = Array.from({ length: 1500 }, () => randomUUID()).join("");
  const { status } = await post({ MessageSid: endless, MessageStatus: "sent" }, { signature: "x" });
  expect(status).toBe(403);
  const event = await lastEvent();
  expect(event).toMatchObject({ diagnosis: "wrong_signature", message_sid: endless.slice(0, 100) });
  expect(event?.body_bytes).toBeGreaterThan(50_000);
  expect(event?.raw_body).toHaveLength(4096);
  expect(event?.params).toEqual({});
});

test("[EX-4.6] a hit of no kind we know is stored, answered and done with", async () => {
  const { status } = await post({ AccountSid: inboundForm("", "").AccountSid as string, EventType: "NEW" });
  expect(status).toBe(200);
  expect(await lastEvent()).toMatchObject({ kind: "unknown", verdict: "accepted", result: "ignored" });
});

test("[EX-12.3] no body, address or signature whatever makes it fail", async () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom(
      "%",
      "%00=%ff",
      "&&&===",
      "a=%ED%A0%80",
      "__proto__=1&__proto__=2",
      "\u0000",
      "{}",
      "\ud800",
    ),
  );
  await fc.assert(
    fc.asyncProperty(anything, anything, anything, async (rawUrl, body, signature) => {
      const answer = await handleWebhook(services, { rawUrl: `/${rawUrl}`, ip: null, signature, body });
      expect(answer).toEqual({ status: 403, body: "" });
    }),
    { numRuns: 60 },
  );
  expect(log.lines.filter((line) => line.includes("refusal not stored"))).toEqual([]);
});

test("[EX-12.3] well signed, whatever the values are, it is answered 200 and leaves nothing to do", async () => {
  const names = fc.constantFrom(
    "Body",
    "From",
    "To",
    "NumMedia",
    "MessageStatus",
    "ErrorCode",
    "ExternalUserId",
    "Été",
  );
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.constantFrom(
      "\u0000",
      "99999999999999999999",
      "-1",
      "whatsapp:+33639110002",
      "delivered",
      "a".repeat(2000),
    ),
  );
  await sql`delete from webhook_events`;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, value), async (fields) => {
      expect((await post(inboundForm("+33639110002", "x", fields))).status).toBe(200);
    }),
    { numRuns: 60 },
  );
  expect(await sql`select params, error from webhook_events where applied_at is null`).toEqual([]);
});

test.each(["inbound", "status"])(
  "[EX-12.3] NUL in any field or in the query of a signed hit (%s) is stored safely and leaves nothing to do",
  async (kind) => {
    const form: WebhookForm =
      kind === "inbound"
        ? inboundForm("+33639118899", "bonjour")
        : statusForm(`SM${"e".repeat(32)}`, "failed", "whatsapp:+33639118899");
    const names = [...Object.keys(form), "ProfileName", "ErrorCode", "ErrorMessage", "SmsSid", "Button\0"];
    for (const name of names.filter((name) => name !== "AccountSid")) {
      for (const value of ["\0", `${form[name] ?? ""}\0`, ["\0", "b"]]) {
        expect([name, (await post({ ...form, [name]: value })).status]).toEqual([name, 200]);
      }
    }
    for (const query of ["?attempt=%00", "?attempt=%ED%A0%80&%00=%00"]) {
      expect((await post(form, { query })).status).toBe(200);
    }
    const left = await sql`select params, error from webhook_events
      where applied_at is null and verdict = 'accepted'`;
    expect(left).toEqual([]);
  },
);

test("[EX-4.6] without a database the answer is 503, so that Twilio tries again; afterwards 200", async () => {
  const proxy = await startProxy(url);
  onTestFinished(proxy.close);
  const connection = connect(proxy.url);
  onTestFinished(connection.close);
  const away = webhookOf(connection.db);
  const form = inboundForm("+33639110003", "Bonjour");
  proxy.cut();
  expect(await away.post(form)).toEqual({ status: 503, body: "" });
  expect((await away.post(form, { signature: null })).status).toBe(403);
  proxy.restore();
  expect((await away.post(form)).status).toBe(200);
  expect(
    await sql`select from unknown_sender_messages where inbound_sid = ${form.MessageSid as string}`,
  ).toHaveLength(1);
});

test("[EX-4.6] what was stored and acknowledged but not applied is applied by the sweep, once", async () => {
  const contactId = await makeContact(db, { fullNumber: "+33639110004" });
  const form = inboundForm("+33639110004", "Bonjour");
  await sql`alter table interactions rename to interactions_away`;
  const answer = await post(form).finally(() => sql`alter table interactions_away rename to interactions`);
  expect(answer.status).toBe(200);
  expect(await lastEvent()).toMatchObject({ verdict: "accepted", applied_at: null, tries: 1 });
  expect((await lastEvent())?.error).toContain("interactions");
  await makeAllDue();
  await Promise.all([applyPendingEvents(services), applyPendingEvents(services)]);
  await applyPendingEvents(services);
  expect(await lastEvent()).toMatchObject({ result: "no_message_one", error: null });
  expect(await sql`select from interactions where contact_id = ${contactId}`).toHaveLength(1);
});

test("[EX-4.6] an event that cannot be applied is left for later and keeps no other waiting", async () => {
  await sql`delete from webhook_events`;
  const contactId = await makeContact(db, { fullNumber: "+33639110005" });
  const poison = inboundForm("+33639110005", "poison", { RelanceReceivedAt: "never" });
  expect((await post(poison)).status).toBe(200);
  await sql`insert into webhook_events (kind, verdict, url, raw_body, params, next_try_at)
    values ('inbound', 'accepted', '', '', ${sql.json(inboundForm("+33639110005", "après"))}, now())`;
  await makeAllDue();
  expect(await applyPendingEvents(services)).toBe(2);
  expect(await sql`select content from interactions where contact_id = ${contactId}`).toEqual([
    { content: "après" },
  ]);
  const [left] = await sql`select tries, next_try_at > now() + interval '15 seconds' as later
    from webhook_events where applied_at is null`;
  expect(left).toEqual({ tries: 2, later: true });
  expect(await applyPendingEvents(services)).toBe(0);
});

test("an event tried for months waits an hour at most, and the count never overflows", async () => {
  await sql`delete from webhook_events`;
  await makeContact(db, { fullNumber: "+33639110006" });
  await post(inboundForm("+33639110006", "poison", { RelanceReceivedAt: "never" }));
  for (const tries of [2000, 32_767]) {
    await sql`update webhook_events set tries = ${tries}, next_try_at = now()`;
    expect(await applyPendingEvents(services)).toBe(1);
    const [left] =
      await sql`select next_try_at between now() + interval '59 minutes' and now() + interval '61 minutes'
      as in_an_hour from webhook_events`;
    expect(left?.in_an_hour).toBe(true);
  }
});

test("no line of the log holds a whole number, whatever was refused", () => {
  expect(log.lines.join("")).not.toMatch(/\+336391100/);
});
