// Issue D, "Bad input": whatever comes in is stored as it is and read again as text; nothing of it breaks anything.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContact } from "#server/testing/factories.ts";
import { inboundForm, type WebhookForm, webhookOf } from "#server/testing/webhooks.ts";

const { db, sql } = await testDatabase();
const { post, log } = webhookOf(db);
const { user, call } = await callerOf(db);

/** Sends it as a new contact of the admin, and reads it in their conversation. */
async function received(body: string, fields: WebhookForm = {}) {
  const id = await makeContact(db, { createdBy: user.id });
  const [row] = await sql`select full_number from contacts where id = ${id}`;
  expect((await post(inboundForm(String(row?.full_number), body, fields))).status).toBe(200);
  const { items } = await call.conversations.get({ id });
  const [item] = items;
  expect(items).toHaveLength(1);
  if (item?.kind !== "received") throw new Error("nothing was received");
  const [listed] = (await call.conversations.list({})).rows;
  expect(listed).toMatchObject({ id, unread: 1 });
  return { item, preview: listed?.preview };
}

const longest = "é".repeat(1600);

test.each([
  ["emoji", "👩‍👩‍👧‍👦 🇫🇷 ❤️‍🔥"],
  ["right-to-left text", "مرحبا، هل يمكنني الحجز؟ שלום"],
  ["marks that turn the direction", "\u202Egnp.exe\u202C \u2066abc\u2069"],
  ["1,600 characters", longest],
  ["markup", `<script>alert(1)</script><img src=x onerror="alert(1)"> &amp; </textarea>`],
  ["what a template would fill", "{{1}} #{secret} %s \\u0000"],
])("%s is read as it was written", async (_, body) => {
  const { item, preview } = await received(body);
  expect(item.text).toBe(body);
  expect(preview?.text).toBe(body.slice(0, 200));
});

test("ten media are ten media, an eleventh is not made up, types that are not opened are told as such", async () => {
  const media = Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [
      [`MediaUrl${n}`, `https://api.twilio.com/${n}`],
      [`MediaContentType${n}`, n === 3 ? "text/html" : "image/jpeg"],
    ]).flat(),
  );
  const { item, preview } = await received("", { NumMedia: "11", ...media });
  expect(item.media.map(({ kind }) => kind)).toEqual(
    Array.from({ length: 10 }, (_, n) => (n === 3 ? null : "image")),
  );
  expect(preview).toMatchObject({ text: "", beside: "media" });
});

test.each([
  ["no body at all", {}],
  ["a number of media that is none", { NumMedia: "beaucoup" }],
  ["media without address or type", { NumMedia: "2" }],
])("%s is a message without a text", async (_, fields) => {
  const id = await makeContact(db, { createdBy: user.id });
  const [row] = await sql`select full_number from contacts where id = ${id}`;
  const { Body: _body, ...form } = inboundForm(String(row?.full_number), "", fields);
  expect((await post(form)).status).toBe(200);
  expect((await call.conversations.get({ id })).items).toMatchObject([{ kind: "received", text: "" }]);
});

test("fields nobody knows are kept with the event and change nothing", async () => {
  const { item } = await received("Bonjour", { Nouveau: "x", "Été 2026": "☀️", __proto__x: "1" });
  expect(item.text).toBe("Bonjour");
  const [event] = await sql`select params from webhook_events order by id desc limit 1`;
  expect(event?.params).toMatchObject({ Nouveau: "x", "Été 2026": "☀️" });
});

test("of parameters that come twice the first counts, and the signature still holds", async () => {
  const { item } = await received("", { Body: ["Premier", "Second"], ButtonText: ["Oui", "Non"] });
  expect(item).toMatchObject({ text: "Premier", button: "Oui" });
});

test("a sender without a phone number is kept as somebody unknown", async () => {
  const boss = await callerOf(db, "super_admin");
  const body = "Je cache mon numéro <b>";
  expect(
    (await post(inboundForm("", body, { From: "whatsapp:FR.1A2B3C", ProfileName: "<i>Zoé</i>" }))).status,
  ).toBe(200);
  const { rows } = await boss.call.strangers.list({});
  expect(rows).toMatchObject([
    { address: "whatsapp:FR.1A2B3C", number: null, profileName: "<i>Zoé</i>", text: body },
  ]);
});

test("an AccountSid that is not ours is refused, kept for the inspector, and reaches no conversation", async () => {
  const id = await makeContact(db, { createdBy: user.id });
  const [row] = await sql`select full_number from contacts where id = ${id}`;
  const form = inboundForm(String(row?.full_number), "Faux", { AccountSid: `AC${"9".repeat(32)}` });
  expect((await post(form)).status).toBe(403);
  expect((await call.conversations.get({ id })).items).toEqual([]);
  const [event] = await sql`select verdict, diagnosis from webhook_events order by id desc limit 1`;
  expect(event).toEqual({ verdict: "refused", diagnosis: "wrong_account" });
});

test("coordinates that are none show the place without a map", async () => {
  const { item } = await received("", { Latitude: "<svg>", Longitude: "javascript:alert(1)", Label: "Ici" });
  expect(item.location).toEqual({ point: null, label: "Ici", address: null });
});

test("nothing of all this was a failure of ours", () => {
  expect(log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
