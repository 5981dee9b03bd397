// Messages whose webhook never came (engine.md 8), against the simulator.
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { accepted, answer, claimNext, makeSid } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { GatewayError } from "#server/twilio/gateway.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";
import { reconcileInbound, takeInboundTurn } from "#server/webhooks/reconcile-inbound.ts";

async function answering() {
  const { db, sql, url } = await testDatabase();
  const stack = await startEngineStack({ db, url });
  onTestFinished(stack.close);
  const launched = await makeLaunched(db, 1, {}, stack.env);
  const claim = await claimNext(db, launched.senderId);
  await answer(db, { ...claim, senderId: launched.senderId }, accepted(makeSid()));
  const phone = claim.toAddress.replace("whatsapp:", "");
  await stack.twilio.join(phone);
  const gateway = createTwilioGateway(stack.env);
  const context = { db, log: stack.log, env: stack.env, gateway };
  return { ...stack, ...launched, db, sql, phone, look: () => reconcileInbound(context, launched.senderId) };
}

test("[EX-4.5] an answer whose webhook was lost is found, once, and followed by Message 2", async () => {
  const { twilio, phone, look, sql } = await answering();
  await twilio.inbound({ phone, text: "Perdu en route", deliver: false });
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  const answers = await sql`select content from interactions`;
  expect(answers).toEqual([{ content: "Perdu en route" }]);
  expect(await sql`select status from messages where message_type = 'message_2'`).toEqual([
    { status: "pending" },
  ]);
  expect(await sql`select origin, result from webhook_events`).toEqual([
    { origin: "reconciled", result: "message_two" },
  ]);
});

test("what came by its webhook is not found again, and a webhook that comes after all changes nothing", async () => {
  const { twilio, phone, look, sql } = await answering();
  await twilio.inbound({ phone, text: "Arrivé" });
  expect(await look()).toBe(0);
  const { sid } = await twilio.inbound({ phone, text: "En retard", deliver: false });
  expect(await look()).toBe(1);
  await twilio.inbound({ phone, sid: String(sid), text: "En retard" });
  expect(await sql`select content from interactions order by id`).toEqual([
    { content: "Arrivé" },
    { content: "En retard" },
  ]);
});

test("[EX-8.5] what the previous system took care of is not found again, what came after it is", async () => {
  const { twilio, phone, look, sql, contactIds } = await answering();
  const handled = await twilio.inbound({ phone, text: "Avant la reprise", deliver: false });
  await twilio.inbound({ phone, text: "Pendant la reprise", deliver: false });
  await sql`insert into interactions (contact_id, interaction_type, content, whatsapp_message_id, received_at)
    values (${contactIds[0] ?? 0}, 'reply', 'Avant la reprise', ${String(handled.sid)},
      (now() - interval '1 minute') at time zone 'UTC')`;
  expect(await look()).toBe(1);
  expect(await sql`select params ->> 'Body' as body from webhook_events`).toEqual([
    { body: "Pendant la reprise" },
  ]);
});

test("what was refused at the door, its signature wrong for a while, is found all the same", async () => {
  const { twilio, phone, look, sql, env } = await answering();
  await twilio.settings({ authToken: "another-token" });
  await twilio.inbound({ phone, text: "Refusé à tort" });
  expect(await sql`select verdict, diagnosis from webhook_events`).toEqual([
    { verdict: "refused", diagnosis: "wrong_signature" },
  ]);
  await twilio.settings({ authToken: env.twilioAuthToken });
  expect(await look()).toBe(1);
  expect(await sql`select content from interactions`).toEqual([{ content: "Refusé à tort" }]);
});

test("one that cannot be applied keeps none of the others from being found", async () => {
  const { twilio, phone, look, sql } = await answering();
  await sql`alter table interactions add constraint no_poison check (content <> 'Poison')`;
  for (const text of ["Avant", "Poison", "Après"]) await twilio.inbound({ phone, text, deliver: false });
  expect(await look()).toBe(3);
  expect(await sql`select content from interactions order by id`).toEqual([
    { content: "Avant" },
    { content: "Après" },
  ]);
  expect(await sql`select error from webhook_events where applied_at is null`).toHaveLength(1);
  expect(await look()).toBe(0);
});

test("a Twilio that does not answer is told to the caller, and nothing changes", async () => {
  const { twilio, look, sql } = await answering();
  await twilio.fault({ request: "list", behaviour: { kind: "http-error", status: 503 } });
  await expect(look()).rejects.toBeInstanceOf(GatewayError);
  expect(await sql`select from webhook_events`).toEqual([]);
});

test("of workers that want to look at once, one gets the turn", async () => {
  const { db, senderId } = await answering();
  const turns = await Promise.all([1, 2, 3].map(() => takeInboundTurn(db, senderId, 60)));
  expect(turns.filter(Boolean)).toHaveLength(1);
  expect(await takeInboundTurn(db, senderId, 60)).toBe(false);
  expect(await takeInboundTurn(db, senderId, 0)).toBe(true);
});
