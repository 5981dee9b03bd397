// Replies: into the ledger once, out by the engine alone, to nobody who does not want them.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { callerOf, makeContext, makeServices, makeSignedIn } from "#server/testing/caller.ts";
import {
  accepted,
  answer,
  callBack,
  claimAll,
  claimNext,
  eventsOf,
  makeSenderEnv,
  makeSid,
  messageRow,
  refused,
  testWorker,
} from "#server/testing/engine.ts";
import { makeContact, makeLaunched, testContentSid } from "#server/testing/factories.ts";
import { inboundForm, webhookOf } from "#server/testing/webhooks.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db, sql } = await testDatabase();
const { post } = webhookOf(db);
const newKey = () => randomUUID();

/** An admin with a sender of their own, and a contact who has just written. */
async function conversing() {
  const env = makeSenderEnv();
  const user = await makeSignedIn(db);
  const call = createCaller(makeContext(db, user, { services: makeServices(db, env) }));
  const id = await makeContact(db, { createdBy: user.id });
  const [row] = await sql`select full_number as number from contacts where id = ${id}`;
  const number = String(row?.number);
  await post(inboundForm(number, "Bonjour"));
  return { env, user, call, id, number };
}

const senderOf = async (messageId: number) => (await messageRow(db, messageId)).senderId as number;
const repliesTo = (id: number) =>
  sql`select id, status, content from messages where contact_id = ${id} and message_type = 'reply' order by id`;

test("[EX-2.4] a reply is a message of the ledger: claimed, sent and followed like any other, before all bulk", async () => {
  const { env, user, call, id } = await conversing();
  const { messageIds, senderId } = await makeLaunched(db, 2, { createdBy: user.id }, env);
  const { messageId } = await call.conversations.reply({
    id,
    key: newKey(),
    text: "  Avec plaisir !\r\nÀ demain ",
  });
  expect(await messageRow(db, messageId)).toMatchObject({
    messageType: "reply",
    status: "pending",
    priority: 0,
    campaignId: null,
    contactId: id,
    content: "Avec plaisir !\nÀ demain",
    contentSid: null,
    createdBy: user.id,
    senderId,
  });
  const claim = await claimNext(db, senderId);
  expect(claim).toMatchObject({ messageId, content: "Avec plaisir !\nÀ demain" });
  const sid = makeSid();
  await answer(db, { ...claim, senderId }, accepted(sid));
  await callBack(db, claim.attemptId, { sid, status: "read" });
  expect(await messageRow(db, messageId)).toMatchObject({ status: "read", whatsappMessageId: sid });
  expect(messageIds).toContain((await claimNext(db, senderId)).messageId);
  const { items } = await call.conversations.get({ id });
  expect(items.at(-1)).toMatchObject({
    kind: "sent",
    status: "read",
    authorEmail: user.email,
    template: false,
  });
  const [line] = await sql`select action, subject_id, after from audit_log where user_id = ${user.id}`;
  expect(line).toEqual({ action: "conversation.replied", subject_id: String(id), after: { messageId } });
});

test("pressing twice, or again after an answer that got lost, sends one reply", async () => {
  const { user, call, id } = await conversing();
  const reply = { id, key: newKey(), text: "Oui" };
  const done = await Promise.all([call.conversations.reply(reply), call.conversations.reply(reply)]);
  expect(done[0]).toEqual(done[1]);
  expect(await call.conversations.reply(reply)).toEqual(done[0]);
  expect(await repliesTo(id)).toHaveLength(1);
  expect(await sql`select from audit_log where user_id = ${user.id}`).toHaveLength(1);
});

test("free text is refused once the window has closed, a template is not", async () => {
  const { call, id } = await conversing();
  await sql`update contacts set last_inbound_at = now() - interval '24 hours' where id = ${id}`;
  const text = call.conversations.reply({ id, key: newKey(), text: "Trop tard" });
  await expect(text).rejects.toThrow("conversation.window_closed");
  const [template] = await sql`insert into templates (name, body, variables, source, content_sid)
    values ('Rendez-vous', 'Your appointment is coming up on {{1}} at {{2}}', '{"1":"12/1","2":"3pm"}', 'sandbox', ${testContentSid})
    on conflict (content_sid) do update set name = excluded.name returning id`;
  const templateId = template?.id as number;
  const incomplete = call.conversations.replyByTemplate({
    id,
    key: newKey(),
    templateId,
    values: { 1: "lundi", 2: " " },
  });
  await expect(incomplete).rejects.toMatchObject({
    cause: { code: "campaign.variable_invalid", meta: { variable: "2", problem: "empty" } },
  });
  const { messageId } = await call.conversations.replyByTemplate({
    id,
    key: newKey(),
    templateId,
    values: { 1: "lundi", 2: "9 h", 3: "de trop" },
  });
  expect(await claimNext(db, await senderOf(messageId))).toMatchObject({
    messageId,
    content: "Your appointment is coming up on lundi at 9 h",
    contentSid: testContentSid,
    contentVariables: { 1: "lundi", 2: "9 h" },
  });
});

test("a window that closes while a reply waits fails it at its claim, with the reason", async () => {
  const { call, id } = await conversing();
  const { messageId } = await call.conversations.reply({ id, key: newKey(), text: "Bientôt" });
  await sql`update contacts set last_inbound_at = now() - interval '25 hours' where id = ${id}`;
  expect(await claimAll(db, await senderOf(messageId))).toEqual([]);
  expect(await messageRow(db, messageId)).toMatchObject({ status: "failed", reason: "window_closed" });
});

test("nobody writes to another admin's contact, nor takes back or repeats what was written to them", async () => {
  const { call, id } = await conversing();
  const { messageId } = await call.conversations.reply({ id, key: newKey(), text: "Oui" });
  const { call: other } = await callerOf(db);
  await expect(other.conversations.reply({ id, key: newKey(), text: "Oui" })).rejects.toThrow(
    "contact.not_found",
  );
  await expect(other.conversations.cancelReply({ id: messageId })).rejects.toThrow("message.not_found");
  await expect(other.conversations.resend({ id: messageId })).rejects.toThrow("message.not_found");
  expect(await messageRow(db, messageId)).toMatchObject({ status: "pending" });
});

test("a trial account that refuses free text keeps the reply waiting; taken back, it blocks nobody", async () => {
  const { call, id } = await conversing();
  const { messageId } = await call.conversations.reply({ id, key: newKey(), text: "Texte libre" });
  const senderId = await senderOf(messageId);
  await answer(db, { ...(await claimNext(db, senderId)), senderId }, refused(21654));
  expect(await messageRow(db, messageId)).toMatchObject({
    status: "pending",
    errorCode: 21654,
    retryCount: 0,
  });
  const [sender] = await sql`select pause_reason from senders where id = ${senderId}`;
  expect(sender?.pause_reason).toBe("account");
  const { items } = await call.conversations.get({ id });
  expect(items.at(-1)).toMatchObject({ status: "pending", errorCode: 21654 });
  await call.conversations.cancelReply({ id: messageId });
  expect(await messageRow(db, messageId)).toMatchObject({ status: "cancelled", nextAttemptAt: null });
  expect((await eventsOf(db, messageId)).at(-1)).toMatchObject({ type: "cancel", toStatus: "cancelled" });
  await call.senders.resume().catch(() => {});
  await sql`update senders set pause_reason = null, paused_at = null where id = ${senderId}`;
  const claim = await claimMessage(db, { senderId, workerId: testWorker, windowHours: 24 });
  expect(claim).toEqual({ verdict: "idle" });
  await expect(call.conversations.cancelReply({ id: messageId })).rejects.toThrow("message.not_cancellable");
});

test("what is on its way is not taken back", async () => {
  const { call, id } = await conversing();
  const { messageId } = await call.conversations.reply({ id, key: newKey(), text: "Parti" });
  await claimNext(db, await senderOf(messageId));
  await expect(call.conversations.cancelReply({ id: messageId })).rejects.toThrow("message.not_cancellable");
});

test("a reply that failed is said again as a new message, once, whoever presses", async () => {
  // a contact has another id than the message, as in life
  for (let n = 0; n < 100; n += 1) await makeContact(db);
  const { env, call, id } = await conversing();
  const { messageId } = await call.conversations.reply({ id, key: newKey(), text: "Encore" });
  expect(messageId).not.toBe(id);
  await expect(call.conversations.resend({ id: messageId })).rejects.toThrow("message.not_retryable");
  const senderId = await senderOf(messageId);
  await answer(db, { ...(await claimNext(db, senderId)), senderId }, refused(63003));
  const again = await call.conversations.resend({ id: messageId });
  expect(await call.conversations.resend({ id: messageId })).toEqual(again);
  const boss = await makeSignedIn(db, "super_admin");
  const services = makeServices(db, env);
  const asBoss = createCaller(makeContext(db, boss, { services }));
  expect(await asBoss.conversations.resend({ id: messageId })).toEqual(again);
  expect(await repliesTo(id)).toMatchObject([
    { id: messageId, status: "failed", content: "Encore" },
    { id: again.messageId, status: "pending", content: "Encore" },
  ]);
  const told = await sql`select after from audit_log where action = 'conversation.replied'
    and subject_id = ${String(id)} order by id`;
  expect(told.map(({ after }) => after)).toEqual([
    { messageId },
    { messageId: again.messageId, again: messageId },
  ]);
});
