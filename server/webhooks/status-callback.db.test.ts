// A status, from Twilio's call to the row, the counters and the log (Exigence 5).
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { drainSender } from "#server/messages/drain-sender.ts";
import { accepted, answer, claimNext, makeSenderEnv, makeSid } from "#server/testing/engine.ts";
import { countersAndRows, makeLaunched, makeLog } from "#server/testing/factories.ts";
import { statusForm, type WebhookForm, webhookOf } from "#server/testing/webhooks.ts";
import type { SendResult, WhatsAppGateway } from "#server/twilio/gateway.ts";

const { db, sql } = await testDatabase();
const { post, log } = webhookOf(db);

/** A Message 1 that Twilio accepted. */
async function sentMessage() {
  const { campaignId, senderId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const sid = makeSid();
  const claim = await claimNext(db, senderId);
  await answer(db, { ...claim, senderId }, accepted(sid));
  const query = `?attempt=${claim.attemptId}`;
  const calls = (status: string, fields: WebhookForm = {}) =>
    post(statusForm(sid, status, claim.toAddress, fields), { query });
  return { ...claim, campaignId, senderId, sid, query, calls };
}

const row = async (id: number) => {
  const [message] =
    await sql`select status, whatsapp_message_id as sid, error_code as code, error_message as text,
    sent_at is not null as sent, delivered_at is not null as delivered, read_at is not null as read,
    failed_at is not null as failed from messages where id = ${id}`;
  return message;
};
const lastResult = async () =>
  (await sql`select result from webhook_events order by id desc limit 1`)[0]?.result;

async function expectCounters(campaignId: number, expected: Record<string, number>) {
  const { counters, rows } = await countersAndRows(db, campaignId);
  expect(counters).toEqual(rows);
  expect(counters).toMatchObject(expected);
}

test("[EX-2.6] [EX-6.5] an accepted message is sent, with its SID and its time", async () => {
  const { messageId, sid, campaignId } = await sentMessage();
  expect(await row(messageId)).toMatchObject({ status: "sent", sid, sent: true, delivered: false });
  await expectCounters(campaignId, { sent: 1, delivered: 0 });
});

test("[EX-5.2] [EX-5.6] [EX-12.4] delivered gives the status, the time and the counters", async () => {
  const { messageId, campaignId, calls } = await sentMessage();
  expect((await calls("delivered")).status).toBe(200);
  expect(await row(messageId)).toMatchObject({ status: "delivered", delivered: true, read: false });
  await expectCounters(campaignId, { sent: 1, delivered: 1, success: 1, read: 0, failed: 0 });
});

test("[EX-5.3] [EX-5.6] [EX-12.4] read gives the status and every time and counter on the way, late ones change nothing", async () => {
  const { messageId, campaignId, calls } = await sentMessage();
  for (const status of ["read", "delivered", "sent", "queued", "read", "failed"]) await calls(status);
  expect(await row(messageId)).toMatchObject({ status: "read", delivered: true, read: true, failed: false });
  await expectCounters(campaignId, { sent: 1, delivered: 1, read: 1, failed: 0 });
});

test.each(["failed", "undelivered"])(
  "[EX-5.4] [EX-2.5] %s marks the message with Twilio's code and text, and logs both without a whole number",
  async (status) => {
    const { messageId, campaignId, toAddress, calls } = await sentMessage();
    const number = toAddress.replace("whatsapp:", "");
    const text = `${number} is outside the window`;
    await calls(status, { ErrorCode: "63016", ErrorMessage: text });
    expect(await row(messageId)).toMatchObject({ status: "failed", failed: true, code: 63016, text });
    await expectCounters(campaignId, { sent: 0, delivered: 0, failed: 1 });
    const line = log.lines.findLast((entry) => entry.includes("message failed")) ?? "";
    expect(JSON.parse(line)).toMatchObject({ level: "warn", code: 63016, status });
    expect(line).toContain("is outside the window");
    expect(log.lines.join("")).not.toContain(number);
  },
);

test("[EX-5.5] a callback of the sandbox's own address is matched by its SID alone", async () => {
  const { messageId, sid, toAddress } = await sentMessage();
  await post(statusForm(sid, "delivered", toAddress));
  expect(await row(messageId)).toMatchObject({ status: "delivered" });
});

test.each([
  ["wrong_recipient", (m: { sid: string }) => statusForm(m.sid, "delivered", "whatsapp:+33639009999"), true],
  ["wrong_sid", (m: { toAddress: string }) => statusForm(makeSid(), "read", m.toAddress), true],
  [
    "wrong_sid",
    (m: { toAddress: string }) => statusForm(makeSid(), "failed", m.toAddress, { ErrorCode: "20003" }),
    true,
  ],
  [
    "wrong_recipient",
    (m: { sid: string }) => statusForm(m.sid, "failed", "whatsapp:+33639009999", { ErrorCode: "20003" }),
    true,
  ],
  ["unknown_message", (m: { toAddress: string }) => statusForm(makeSid(), "read", m.toAddress), false],
  [
    "not_a_status",
    (m: { sid: string; toAddress: string }) => statusForm(m.sid, "received", m.toAddress),
    true,
  ],
] as const)("[EX-5.5] a callback that is %s changes nothing", async (result, form, named) => {
  const message = await sentMessage();
  const before = [
    await row(message.messageId),
    await sql`select * from senders where id = ${message.senderId}`,
  ];
  await post(form(message), { query: named ? message.query : "" });
  expect(await lastResult()).toBe(result);
  expect([
    await row(message.messageId),
    await sql`select * from senders where id = ${message.senderId}`,
  ]).toEqual(before);
  await expectCounters(message.campaignId, { sent: 1, delivered: 0, failed: 0 });
});

test.each(["sent", "read", "failed"])(
  "[EX-5.5] a callback (%s) that names an attempt whose answer is still to come, with another's SID, is ignored for good",
  async (status) => {
    const { sid, messageId } = await sentMessage();
    const { campaignId, senderId } = await makeLaunched(db, 1, {}, makeSenderEnv());
    const waiting = await claimNext(db, senderId);
    const form = statusForm(sid, status, waiting.toAddress, {
      ErrorCode: status === "failed" ? "20003" : "",
    });
    expect((await post(form, { query: `?attempt=${waiting.attemptId}` })).status).toBe(200);
    const [event] = await sql`select result, tries, error, applied_at is not null as applied
      from webhook_events order by id desc limit 1`;
    expect(event).toEqual({ result: "wrong_sid", tries: 0, error: null, applied: true });
    expect(await row(waiting.messageId)).toMatchObject({ status: "sending", sid: null });
    expect(await row(messageId)).toMatchObject({ status: "sent", sid });
    expect(await sql`select pause_reason from senders where id = ${senderId}`).toEqual([
      { pause_reason: null },
    ]);
    await expectCounters(campaignId, { sent: 0, delivered: 0, failed: 0 });
  },
);

test("[EX-5.5] an attempt that is no uuid or of nobody does no harm", async () => {
  const { sid, toAddress, messageId } = await sentMessage();
  for (const query of ["?attempt=1", "?attempt='--", `?attempt=${crypto.randomUUID()}`, "?attempt"]) {
    expect((await post(statusForm(sid, "sent", toAddress), { query })).status).toBe(200);
  }
  expect(await row(messageId)).toMatchObject({ status: "sent", sid });
});

test("[EX-2.5] a refusal by Twilio is logged with its code and text and no whole number", async () => {
  const env = makeSenderEnv();
  const { senderId, messageIds } = await makeLaunched(db, 1, {}, env);
  const [message] = await sql`select to_address from messages where id = ${messageIds[0] as number}`;
  const number = String(message?.to_address).replace("whatsapp:", "");
  const refusal: SendResult = {
    kind: "refused",
    httpStatus: 400,
    code: 21211,
    message: `The 'To' number whatsapp:${number} is not a valid phone number.`,
  };
  const sendingLog = makeLog();
  const gateway = { send: async () => refusal } as Partial<WhatsAppGateway> as WhatsAppGateway;
  const stopping = new AbortController().signal;
  await drainSender({ db, gateway, log: sendingLog, env, workerId: crypto.randomUUID(), stopping }, senderId);
  expect(await row(messageIds[0] as number)).toMatchObject({
    status: "failed",
    code: 21211,
    text: refusal.message,
  });
  const line = sendingLog.lines.find((entry) => entry.includes("message not accepted")) ?? "";
  expect(JSON.parse(line)).toMatchObject({ code: 21211, httpStatus: 400, to: expect.stringContaining("…") });
  expect(line).toContain("is not a valid phone number");
  expect(line).not.toContain(number);
});
