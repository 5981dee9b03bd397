// The inspector: what it lists, what a replay does and does not do, the round trip of a test hit, the purge.
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { freePort } from "#scripts/lib/ports.ts";
import { takeTurn } from "#server/queue/turns.ts";
import { callerOf } from "#server/testing/caller.ts";
import {
  accepted,
  answer,
  attemptRow,
  claimNext,
  eventsOf,
  makeSenderEnv,
  makeSid,
  messageRow,
} from "#server/testing/engine.ts";
import { makeContact, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import { startWebhookServer } from "#server/testing/webhook-server.ts";
import { inboundForm, statusForm, webhookOf } from "#server/testing/webhooks.ts";
import { keptRefusals, purgeHits, purgeTurn } from "#server/webhooks/purge-hits.ts";
import { sendTestHit } from "#server/webhooks/send-test-hit.ts";

const { db, sql } = await testDatabase();
const { services, post } = webhookOf(db);
const { call } = await callerOf(db, "super_admin");
const newest = async () => {
  const [row] = await sql`select id from webhook_events order by id desc limit 1`;
  return { id: Number(row?.id) };
};

test("an admin sees nothing of it, and cannot replay or test", async () => {
  const { call: admin } = await callerOf(db, "admin");
  const forbidden = { code: "FORBIDDEN" };
  await expect(admin.webhooks.list({})).rejects.toMatchObject(forbidden);
  await expect(admin.webhooks.get({ id: 1 })).rejects.toMatchObject(forbidden);
  await expect(admin.webhooks.replay({ id: 1 })).rejects.toMatchObject(forbidden);
  await expect(admin.webhooks.sendTest()).rejects.toMatchObject(forbidden);
});

test("hits are listed by verdict, kind, state and message, the newest first, fifty a page", async () => {
  await sql`delete from webhook_events`;
  await post(inboundForm("+33639114001", "Bonjour", { MessageSid: `SM${"7".repeat(32)}` }));
  await post(statusForm(`SM${"8".repeat(32)}`, "delivered", "whatsapp:+33639114001"));
  await post(inboundForm("+33639114001", "x"), { signature: null });
  const kinds = async (filter: Parameters<typeof call.webhooks.list>[0]) =>
    (await call.webhooks.list(filter)).rows.map(({ kind, verdict }) => `${kind} ${verdict}`);
  expect(await kinds({})).toEqual(["inbound refused", "status accepted", "inbound accepted"]);
  expect(await kinds({ verdict: "refused" })).toEqual(["inbound refused"]);
  expect(await kinds({ kind: "inbound", verdict: "accepted" })).toEqual(["inbound accepted"]);
  expect(await kinds({ state: "applied" })).toEqual(["status accepted", "inbound accepted"]);
  expect(await kinds({ state: "waiting" })).toEqual([]);
  expect(await kinds({ sid: `SM${"8".repeat(32)}` })).toEqual(["status accepted"]);
  const [, status, inbound] = (await call.webhooks.list({})).rows;
  expect(status).toMatchObject({
    status: "delivered",
    address: "whatsapp:+33639114001",
    result: "unknown_message",
  });
  expect(inbound).toMatchObject({
    address: "whatsapp:+33639114001",
    result: "unknown_sender",
    diagnosis: null,
  });
  await sql`insert into webhook_events (kind, verdict, url, raw_body, params)
    select 'status', 'accepted', '/', '', '{}' from generate_series(1, 100)`;
  const first = await call.webhooks.list({});
  expect([first.rows.length, first.total, first.previous]).toEqual([50, 103, null]);
  const second = await call.webhooks.list({ after: first.next });
  const third = await call.webhooks.list({ after: second.next });
  expect([third.rows.length, third.next]).toEqual([3, null]);
  expect((await call.webhooks.list({ before: third.previous })).rows.map(({ id }) => id)).toEqual(
    second.rows.map(({ id }) => id),
  );
  expect((await call.webhooks.list({ state: "waiting" })).total).toBe(100);
});

test("a hit is shown whole, as text, and leads to its message and its contact", async () => {
  const { senderId, contactIds, campaignId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const sid = makeSid();
  await answer(db, claim, accepted(sid));
  await post(statusForm(sid, "delivered", claim.toAddress), { query: `?attempt=${claim.attemptId}` });
  const status = await call.webhooks.get(await newest());
  expect(status).toMatchObject({
    message: { id: claim.messageId, campaignId },
    result: "applied",
    method: "POST",
  });
  const number = claim.toAddress.replace("whatsapp:", "");
  await post(inboundForm(number, "<script>alert(1)</script> 🙏"));
  const inbound = await call.webhooks.get(await newest());
  expect(inbound).toMatchObject({ contactId: contactIds[0], namesOurAccount: true });
  expect(new URLSearchParams(inbound.rawBody).get("Body")).toBe("<script>alert(1)</script> 🙏");
  await expect(call.webhooks.get({ id: 2_000_000_000 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("[EX-4.4] [EX-4.5] an answer replayed is recorded once and answered once", async () => {
  const { senderId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = { ...(await claimNext(db, senderId)), senderId };
  await answer(db, claim, accepted(makeSid()));
  const form = inboundForm(claim.toAddress.replace("whatsapp:", ""), "Oui");
  await post(form);
  const event = await newest();
  const twos = () => sql`select id from messages where dedupe_key = ${`m2:${form.MessageSid}`}`;
  const world = async () => [
    await sql`select * from messages order by id`,
    await sql`select * from interactions order by id`,
    await sql`select * from contacts order by id`,
    await sql`select * from message_events order by id`,
  ];
  const before = await world();
  expect(await twos()).toHaveLength(1);
  expect(await call.webhooks.replay(event)).toEqual({ result: "duplicate" });
  expect(await call.webhooks.replay(event)).toEqual({ result: "duplicate" });
  expect(await world()).toEqual(before);
  expect(await call.webhooks.get(event)).toMatchObject({ result: "message_two" });
  const [line] = await sql`select action, after from audit_log order by id desc limit 1`;
  expect(line).toEqual({ action: "webhook.replayed", after: { result: "duplicate" } });
});

test("an answer whose contact was deleted since is not a stranger's when it is replayed", async () => {
  const number = "+33639114011";
  const contactId = await makeContact(db, { fullNumber: number });
  await post(inboundForm(number, "Bonjour"));
  await sql`update contacts set deleted_at = now() where id = ${contactId}`;
  expect(await call.webhooks.replay(await newest())).toEqual({ result: "duplicate" });
  expect(await sql`select from unknown_senders where address = ${`whatsapp:${number}`}`).toEqual([]);
});

test("[EX-5.2] a status replayed moves nothing and leaves no second line in the journal", async () => {
  const { senderId, campaignId } = await makeLaunched(db, 1, {}, makeSenderEnv());
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const sid = makeSid();
  await answer(db, claim, accepted(sid));
  const query = `?attempt=${claim.attemptId}`;
  for (const [status, fields] of [
    ["failed", { ErrorCode: "63015" }],
    ["delivered", {}],
  ] as const) {
    await post(statusForm(sid, status, claim.toAddress, fields), { query });
    const world = async () => [
      await messageRow(db, claim.messageId),
      await attemptRow(db, claim.attemptId),
      await eventsOf(db, claim.messageId),
      await sql`select * from campaigns where id = ${campaignId}`,
      await sql`select * from senders where id = ${senderId}`,
    ];
    const before = await world();
    expect(await call.webhooks.replay(await newest())).toEqual({ result: "applied" });
    expect(await world()).toEqual(before);
  }
});

test("an answer of somebody who became a contact since is recorded by its replay, as of when it came", async () => {
  await post(inboundForm("+33639114009", "Bonjour"));
  const event = await newest();
  await sql`update webhook_events set received_at = now() - interval '30 hours' where id = ${event.id}`;
  const contactId = await makeContact(db, { fullNumber: "+33639114009" });
  expect(await call.webhooks.replay(event)).toEqual({ result: "no_message_one" });
  const [contact] = await sql`select last_inbound_at < now() - interval '29 hours' as earlier from contacts
    where id = ${contactId}`;
  expect(contact).toEqual({ earlier: true });
  expect(await call.webhooks.get(event)).toMatchObject({ result: "no_message_one", contactId });
});

test("[EX-4.1] what was refused is not replayed, nor what is gone", async () => {
  await post(inboundForm("+33639114010", "x"), { signature: null });
  await expect(call.webhooks.replay(await newest())).rejects.toMatchObject({
    cause: { code: "webhook.not_replayable" },
  });
  await expect(call.webhooks.replay({ id: 2_000_000_000 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a test hit goes out signed, comes back and is stored; every way it can fail is told apart", async () => {
  const webhook = await startWebhookServer(() => ({ ...services, env }));
  onTestFinished(webhook.close);
  const env = makeEnv({ TWILIO_WEBHOOK_BASE_URL: webhook.url });
  const good = await sendTestHit(db, env);
  expect(good).toMatchObject({ problem: null, httpStatus: 200, url: `${webhook.url}/api/webhooks/twilio` });
  expect(await call.webhooks.get({ id: good.eventId as number })).toMatchObject({
    kind: "test",
    result: "test",
  });

  const otherToken = await sendTestHit(db, { ...env, twilioAuthToken: "another" });
  expect(otherToken).toMatchObject({ problem: "refused_here", httpStatus: 403 });
  const other = await testDatabase();
  expect(await sendTestHit(other.db, env)).toMatchObject({ problem: "stored_elsewhere", eventId: null });
  expect(await sendTestHit(other.db, { ...env, twilioAuthToken: "x" })).toMatchObject({
    problem: "refused_elsewhere",
  });
  const to = (webhookBaseUrl: string) => sendTestHit(db, { ...env, webhookBaseUrl }, 500);
  expect(await to(`http://127.0.0.1:${await freePort(0)}`)).toMatchObject({
    problem: "unreachable",
    reason: "ECONNREFUSED",
  });
  expect(await to("https://nowhere.invalid")).toMatchObject({ problem: "unknown_host" });
});

test.each([
  [302, { location: "https://www.example.org/" }, "redirected", "https://www.example.org/"],
  [404, { "ngrok-error-code": "ERR_NGROK_3200" }, "nobody_behind", "ERR_NGROK_3200"],
  [502, {}, "nobody_behind", null],
  [404, {}, "not_relance", null],
] as const)("a public address that answers %i %j is told as %s", async (status, headers, problem, reason) => {
  const server = createServer((_request, response) => response.writeHead(status, headers).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as { port: number };
  const env = makeEnv({ TWILIO_WEBHOOK_BASE_URL: `http://127.0.0.1:${port}` });
  expect(await sendTestHit(db, env)).toMatchObject({ problem, reason, httpStatus: status });
});

test("hits of over thirty days are purged but those never applied; refused ones beyond the newest too", async () => {
  const { db, sql } = await testDatabase();
  await sql`insert into webhook_events (kind, verdict, url, raw_body, params, received_at, applied_at)
    select 'status', case when n % 4 = 0 then 'refused' else 'accepted' end, '/', n::text, '{}',
      now() - case when n <= 12000 then interval '31 days' else interval '29 days' end,
      case when n % 4 <> 0 and n <> 7 then now() end
    from generate_series(1, 12100) n`;
  expect(await purgeHits(db, { keptDays: 30 })).toBe(11_999);
  const left = await sql`select raw_body as n from webhook_events order by id`;
  expect(left).toHaveLength(101);
  expect(left[0]).toEqual({ n: "7" });
  await sql`insert into webhook_events (kind, verdict, url, raw_body, params)
    select 'unknown', 'refused', '/', '', '{}' from generate_series(1, ${keptRefusals})`;
  expect(await purgeHits(db, { keptDays: 30 })).toBe(25);
  expect(await purgeHits(db, { keptDays: 30 })).toBe(0);
});

test("one worker purges, once an hour", async () => {
  const turns = await Promise.all(Array.from({ length: 5 }, () => takeTurn(db, purgeTurn)));
  expect(turns.filter(Boolean)).toHaveLength(1);
  expect(await takeTurn(db, purgeTurn)).toBe(false);
  await sql`update settings set updated_at = now() - interval '61 minutes' where key = 'webhooks_purged'`;
  expect(await takeTurn(db, purgeTurn)).toBe(true);
});
