// An answer, from the webhook to Message 2 (Exigence 4; engine.md 9).
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { accepted, answer, claimNext, makeSid } from "#server/testing/engine.ts";
import { makeCampaign, makeContact, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import { inboundForm, type WebhookForm, webhookOf } from "#server/testing/webhooks.ts";

const { db, sql } = await testDatabase();
const webhook = webhookOf(db);
let senders = 0;

/** A contact to whom a campaign's Message 1 went. */
async function answering(patch: Parameters<typeof makeLaunched>[2] = {}) {
  senders += 1;
  const env = makeEnv({
    TWILIO_SANDBOX_NUMBER: `+1415524${String(senders).padStart(4, "0")}`,
    SEND_INTERVAL_MS: "0",
  });
  const launched = await makeLaunched(db, 1, patch, env);
  const sid = makeSid();
  const claim = await claimNext(db, launched.senderId);
  await answer(db, { ...claim, senderId: launched.senderId }, accepted(sid));
  const contactId = launched.contactIds[0] as number;
  const [contact] = await sql`select full_number as number from contacts where id = ${contactId}`;
  return { ...launched, contactId, env, sid, messageId: claim.messageId, number: String(contact?.number) };
}

const says = (number: string, body = "Bonjour", fields: WebhookForm = {}) =>
  webhook.post(inboundForm(number, body, fields));
const messageTwos = (contactId: number) => sql`
  select campaign_id, content, status, priority, dedupe_key, to_address, sender_id, next_attempt_at <= now() as due
  from messages where contact_id = ${contactId} and message_type = 'message_2' order by id`;
const lastResult = async () => {
  const [event] = await sql`select result from webhook_events order by id desc limit 1`;
  return event?.result;
};
const contactRow = async (id: number) => {
  const [row] = await sql`select * from contacts where id = ${id}`;
  return row;
};
/** Makes the contact's Message 2 older than the limits look. */
const forgetMessageTwos = (contactId: number, hours: number) => sql`
  update messages set created_at = created_at - ${hours} * interval '1 hour'
  where contact_id = ${contactId} and message_type = 'message_2'`;

test("[EX-4.5] [EX-4.6] an answer to Message 1 queues Message 2, before all bulk, and is answered with empty TwiML", async () => {
  const { number, contactId, campaignId, senderId, messageId } = await answering();
  const form = inboundForm(number, "Bonjour, oui !");
  expect(await webhook.post(form)).toEqual({
    status: 200,
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
  });
  expect(await messageTwos(contactId)).toEqual([
    {
      campaign_id: campaignId,
      content: "Merci de votre réponse !",
      status: "pending",
      priority: 0,
      dedupe_key: `m2:${form.MessageSid}`,
      to_address: `whatsapp:${number}`,
      sender_id: senderId,
      due: true,
    },
  ]);
  const answers = await sql`select campaign_id, message_id, content, interaction_type, inbound_sid
    from interactions where contact_id = ${contactId}`;
  expect(answers).toEqual([
    {
      campaign_id: campaignId,
      message_id: messageId,
      content: "Bonjour, oui !",
      interaction_type: "reply",
      inbound_sid: form.MessageSid,
    },
  ]);
  const [campaign] = await sql`select interaction_count from campaigns where id = ${campaignId}`;
  expect(campaign?.interaction_count).toBe(1);
});

test("[EX-4.5] a message delivered five times, at once too, is followed by one Message 2", async () => {
  const { number, contactId, campaignId } = await answering();
  const form = inboundForm(number, "Bonjour");
  const answers = await Promise.all(Array.from({ length: 5 }, () => webhook.post(form)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await messageTwos(contactId)).toHaveLength(1);
  expect(await sql`select from interactions where contact_id = ${contactId}`).toHaveLength(1);
  const [campaign] = await sql`select interaction_count from campaigns where id = ${campaignId}`;
  expect(campaign?.interaction_count).toBe(1);
});

test("[EX-4.5] each further answer gets its Message 2, but not within a minute of the last", async () => {
  const { number, contactId } = await answering();
  await says(number);
  await says(number, "encore");
  expect([await lastResult(), (await messageTwos(contactId)).length]).toEqual(["too_frequent", 1]);
  await forgetMessageTwos(contactId, 1 / 60);
  await says(number, "toujours là");
  expect([await lastResult(), (await messageTwos(contactId)).length]).toEqual(["message_two", 2]);
});

test("[EX-4.5] two different answers at once are followed by one Message 2: they count each other", async () => {
  const { number, contactId } = await answering();
  await Promise.all([says(number, "un"), says(number, "deux"), says(number, "trois")]);
  expect(await messageTwos(contactId)).toHaveLength(1);
  expect(await sql`select from interactions where contact_id = ${contactId}`).toHaveLength(3);
});

test("[EX-4.5] ten Message 2 within 24 hours are enough, and the refusal is kept with the message", async () => {
  const { number, contactId, messageId } = await answering();
  for (let n = 0; n < 10; n++) {
    await says(number, `réponse ${n}`);
    await forgetMessageTwos(contactId, 1 / 30);
  }
  expect(await messageTwos(contactId)).toHaveLength(10);
  await says(number, "onze");
  expect([await lastResult(), (await messageTwos(contactId)).length]).toEqual(["daily_limit", 10]);
  const [event] = await sql`select data from message_events
    where message_id = ${messageId} and type = 'no_message_two' order by id desc limit 1`;
  expect(event?.data).toMatchObject({ refusal: "daily_limit" });
  await forgetMessageTwos(contactId, 24);
  await says(number, "le lendemain");
  expect(await lastResult()).toBe("message_two");
});

test("[EX-4.4] the newest claimed Message 1 is the one answered, an unclaimed one is not", async () => {
  const first = await answering({ message2: "du premier" });
  const second = await makeCampaign(db, [first.contactId], { message2: "du second" });
  await launchCampaign(db, { campaignId: second, env: first.env });
  await says(first.number);
  await forgetMessageTwos(first.contactId, 1);
  const sent = await claimMessage(db, {
    senderId: first.senderId,
    workerId: crypto.randomUUID(),
    windowHours: 24,
  });
  expect(sent.verdict).toBe("claimed");
  if (sent.verdict === "claimed")
    await answer(db, { ...sent, senderId: first.senderId }, accepted(makeSid()));
  await claimNext(db, first.senderId);
  await says(first.number, "et maintenant ?");
  expect((await messageTwos(first.contactId)).map(({ content }) => content)).toEqual([
    "du premier",
    "du second",
  ]);
});

test("[EX-4.4] a quoted Message 1 is the one answered, a SID of somebody else's is not", async () => {
  const first = await answering({ message2: "du premier" });
  const other = await answering({ message2: "d'un autre" });
  const second = await makeCampaign(db, [first.contactId], { message2: "du second" });
  await launchCampaign(db, { campaignId: second, env: first.env });
  const claim = await claimNext(db, first.senderId);
  await answer(db, { ...claim, senderId: first.senderId }, accepted(makeSid()));
  await says(first.number, "oui", { OriginalRepliedMessageSid: first.sid });
  await forgetMessageTwos(first.contactId, 1);
  await says(first.number, "oui", { OriginalRepliedMessageSid: other.sid });
  await forgetMessageTwos(first.contactId, 1);
  await says(first.number, "oui", { OriginalRepliedMessageSid: "n'importe quoi" });
  expect((await messageTwos(first.contactId)).map(({ content }) => content)).toEqual([
    "du premier",
    "du second",
    "du second",
  ]);
  expect(await messageTwos(other.contactId)).toEqual([]);
});

test("[EX-4.4] a Message 1 older than 30 days is no longer answered", async () => {
  const { number, contactId, messageId } = await answering();
  await sql`update message_attempts set claimed_at = now() - interval '30 days 1 second' where message_id = ${messageId}`;
  await says(number);
  expect([await lastResult(), await messageTwos(contactId)]).toEqual(["too_old", []]);
  expect(await sql`select from interactions where contact_id = ${contactId}`).toHaveLength(1);
});

test("[EX-4.4] a campaign without Message 2, and a contact without Message 1, get none", async () => {
  const { number } = await answering({ message2: null });
  await says(number);
  expect(await lastResult()).toBe("no_message_two");
  const stranger = await makeContact(db, { fullNumber: "+33639000001" });
  await says("+33639000001");
  expect([await lastResult(), await messageTwos(stranger)]).toEqual(["no_message_one", []]);
});

test("an answer that comes a day late, as we look it up, finds the window closed", async () => {
  const { number, contactId } = await answering();
  const old = new Date(Date.now() - 24 * 3_600_000 - 1000).toISOString();
  await says(number, "hier", { RelanceReceivedAt: old });
  expect([await lastResult(), await messageTwos(contactId)]).toEqual(["window_closed", []]);
});

test.each(["STOP", "ARRÊT", "arrêt.", "Désabonner"])(
  "%s is recorded, answered with nothing, and nothing more is sent",
  async (word) => {
    const { number, contactId, env, senderId } = await answering();
    await says(number, word);
    expect([await lastResult(), await messageTwos(contactId)]).toEqual(["keyword", []]);
    expect((await contactRow(contactId))?.opted_out_at).not.toBeNull();
    await says(number, "en fait non");
    expect([await lastResult(), await messageTwos(contactId)]).toEqual(["opted_out", []]);
    const next = await makeCampaign(db, [contactId]);
    await launchCampaign(db, { campaignId: next, env }).catch(() => {});
    const claim = await claimMessage(db, { senderId, workerId: crypto.randomUUID(), windowHours: 24 });
    expect(claim.verdict).toBe("idle");
  },
);

test("STOP between the launch and the claim is respected at the claim", async () => {
  const { contactIds, senderId, messageIds } = await makeLaunched(
    db,
    1,
    {},
    makeEnv({ TWILIO_SANDBOX_NUMBER: "+14155250001", SEND_INTERVAL_MS: "0" }),
  );
  const number = String((await contactRow(contactIds[0] as number))?.full_number);
  await says(number, "stop");
  const claim = await claimMessage(db, { senderId, workerId: crypto.randomUUID(), windowHours: 24 });
  expect(claim.verdict).toBe("idle");
  const [message] =
    await sql`select status, reason, attempt from messages where id = ${messageIds[0] as number}`;
  expect(message).toEqual({ status: "skipped", reason: "opted_out", attempt: 0 });
});

test("START after STOP takes it back", async () => {
  const { number, contactId } = await answering();
  await says(number, "STOP");
  await says(number, "start");
  expect(await contactRow(contactId)).toMatchObject({ opted_out_at: null, sandbox_left_at: null });
});

test("a START found late takes back no STOP said since, nor what an admin noted since", async () => {
  const { number, contactId } = await answering();
  const ago = (minutes: number) => ({
    RelanceReceivedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
  });
  const optedOut = async () => (await contactRow(contactId))?.opted_out_at !== null;
  await says(number, "STOP", ago(30));
  await says(number, "STOP", ago(10));
  await says(number, "START", ago(20));
  expect(await optedOut()).toBe(true);
  await says(number, "START", ago(5));
  expect(await optedOut()).toBe(false);
  await sql`update contacts set opted_out_at = now() - interval '1 minute' where id = ${contactId}`;
  await says(number, "START", ago(4));
  expect(await optedOut()).toBe(true);
  await says(number, "START");
  expect(await optedOut()).toBe(false);
});

test("join, stop and any word tell who is in the sandbox, and when the window opened", async () => {
  const { number, contactId, campaignId } = await answering();
  await says(number, "join paper-plane");
  const joined = await contactRow(contactId);
  expect(joined).toMatchObject({ sandbox_left_at: null, opted_out_at: null });
  expect(joined?.sandbox_joined_at).not.toBeNull();
  expect(joined?.last_inbound_at).not.toBeNull();
  const [campaign] = await sql`select interaction_count from campaigns where id = ${campaignId}`;
  expect(campaign?.interaction_count).toBe(0);
  await says(number, "stop");
  expect((await contactRow(contactId))?.sandbox_left_at).not.toBeNull();
  await sql`update contacts set sandbox_joined_at = now() - interval '100 hours' where id = ${contactId}`;
  await says(number, "de retour");
  const back = await contactRow(contactId);
  expect(back?.sandbox_left_at).toBeNull();
  expect(Date.now() - Number(back?.sandbox_joined_at)).toBeLessThan(60_000);
});

test("an answer found late does not turn the clock of the window back", async () => {
  const { number, contactId } = await answering();
  await says(number);
  const { last_inbound_at: before } = (await contactRow(contactId)) ?? {};
  await says(number, "plus tôt", { RelanceReceivedAt: "2020-01-01T00:00:00Z" });
  expect((await contactRow(contactId))?.last_inbound_at).toEqual(before);
});

test("an answer found late does not undo what was learnt of the membership since", async () => {
  const { number, contactId } = await answering();
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  await sql`update contacts set sandbox_left_at = now() - interval '1 minute' where id = ${contactId}`;
  const { sandbox_left_at: left } = (await contactRow(contactId)) ?? {};
  await says(number, "plus tôt", { RelanceReceivedAt: hourAgo });
  expect((await contactRow(contactId))?.sandbox_left_at).toEqual(left);
  await says(number, "de retour");
  expect((await contactRow(contactId))?.sandbox_left_at).toBeNull();
  await says(number, "stop", { RelanceReceivedAt: hourAgo });
  const after = await contactRow(contactId);
  expect([after?.sandbox_left_at, after?.opted_out_at !== null]).toEqual([null, true]);
});

test("a cancelled campaign is answered like any other, but sends nothing more", async () => {
  const { number, contactId, campaignId, messageId } = await answering();
  await cancelCampaign(db, { campaignId });
  await says(number);
  expect([await lastResult(), await messageTwos(contactId)]).toEqual(["campaign_cancelled", []]);
  const [campaign] = await sql`select interaction_count from campaigns where id = ${campaignId}`;
  expect(campaign?.interaction_count).toBe(1);
  const [event] = await sql`
    select data ->> 'refusal' as refusal from message_events
    where message_id = ${messageId} and type = 'no_message_two'`;
  expect(event?.refusal).toBe("campaign_cancelled");
});

test("an answer and a cancel at the same time leave no Message 2 waiting", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { number, contactId, campaignId } = await answering();
    await Promise.all([says(number), cancelCampaign(db, { campaignId })]);
    const waiting = (await messageTwos(contactId)).filter(({ status }) => status !== "cancelled");
    expect(waiting).toEqual([]);
  }
});

test("[EX-4.3] whoever is in no list is kept as an unknown sender with every message, once each", async () => {
  const form = inboundForm("+33639000077", "Qui êtes-vous ?", { ProfileName: "Inconnu" });
  await webhook.post(form);
  await webhook.post(form);
  await says("+33639000077", "?");
  const kept = await sql`select s.address, s.profile_name, m.content from unknown_senders s
    join unknown_sender_messages m on m.unknown_sender_id = s.id
    where s.address = 'whatsapp:+33639000077' order by m.id`;
  expect(kept).toEqual([
    { address: "whatsapp:+33639000077", profile_name: "Inconnu", content: "Qui êtes-vous ?" },
    { address: "whatsapp:+33639000077", profile_name: "Inconnu", content: "?" },
  ]);
  expect(await lastResult()).toBe("unknown_sender");
});

test("[EX-4.3] a deleted contact is a stranger again", async () => {
  const { number, contactId } = await answering();
  await sql`update contacts set deleted_at = now() where id = ${contactId}`;
  await says(number);
  expect([await lastResult(), await messageTwos(contactId)]).toEqual(["unknown_sender", []]);
});

test("[EX-4.3] somebody who hides the number is known by the id that came with it before, or kept", async () => {
  const { number, contactId } = await answering();
  await says(number, "bonjour", { ExternalUserId: "FR.1A2B3C" });
  await forgetMessageTwos(contactId, 1);
  await webhook.post(
    inboundForm("", "sans numéro", { From: "whatsapp:FR.1A2B3C", ExternalUserId: "FR.1A2B3C" }),
  );
  expect([await lastResult(), (await messageTwos(contactId)).length]).toEqual(["message_two", 2]);
  await webhook.post(inboundForm("", "personne", { From: "whatsapp:FR.UNKNOWN" }));
  expect(await lastResult()).toBe("unknown_sender");
});

test("two contacts claimed to have the same external id do not stop an answer from being applied", async () => {
  const one = await answering();
  const two = await answering();
  await says(one.number, "un", { ExternalUserId: "FR.SHARED" });
  await says(two.number, "deux", { ExternalUserId: "FR.SHARED" });
  expect([await lastResult(), (await messageTwos(two.contactId)).length]).toEqual(["message_two", 1]);
});

test.each([
  ["emoji of several parts", "👩‍👩‍👧‍👦🇫🇷 é"],
  ["1,600 characters", "é".repeat(1600)],
  ["nothing at all", ""],
  ["quotes and SQL", `'; drop table contacts; --"\\`],
  ["line ends", "a\r\nb"],
])("[EX-12.3] an answer of %s is kept to the letter", async (_, body) => {
  const { number, contactId } = await answering();
  await says(number, body);
  const [kept] = await sql`select content from interactions where contact_id = ${contactId}`;
  expect(kept?.content).toBe(body);
  expect(await messageTwos(contactId)).toHaveLength(1);
});

test("[EX-12.3] NUL, which the database cannot keep, becomes the replacement character", async () => {
  const { number, contactId } = await answering();
  expect((await says(number, "a\u0000b", { "x\u0000": "y\u0000" })).status).toBe(200);
  const [kept] = await sql`select content from interactions where contact_id = ${contactId}`;
  expect(kept?.content).toBe("a\uFFFDb");
});

test("[EX-12.3] of a parameter sent twice the first counts, and both are kept", async () => {
  const { number, contactId } = await answering();
  await says(number, "", { Body: ["un", "deux"] });
  const [kept] = await sql`select content from interactions where contact_id = ${contactId}`;
  expect(kept?.content).toBe("un");
  const [event] = await sql`select params->'Body' as body from webhook_events order by id desc limit 1`;
  expect(event?.body).toEqual(["un", "deux"]);
});
