// The fields of the webhooks, one by one, against Twilio's pages named below and the logs of real sandboxes where Twilio
// publishes nothing (docs/Simulateur_Twilio.md says which). A field too many or one missing is a failure.
import { expect, test } from "vitest";
import { z } from "zod";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, ana, listenForWebhooks, sandbox, simulate } from "./test-support.ts";

const sid = (prefix: string) => z.string().regex(new RegExp(`^(${prefix})[0-9a-f]{32}$`));
const digits = z.string().regex(/^\d+$/);
const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };

const mediaUrl = new RegExp(
  `^https://api\\.twilio\\.com/2010-04-01/Accounts/${accountSid}/Messages/MM[0-9a-f]{32}/Media/ME[0-9a-f]{32}$`,
);

/** /docs/messaging/guides/webhook-request, and the fields of real sandboxes beyond it */
const inbound = {
  AccountSid: sid("AC"),
  ApiVersion: z.literal("2010-04-01"),
  Body: z.string(),
  ChannelMetadata: z.string().startsWith('{"type":"whatsapp","data":{"context":{'),
  ExternalUserId: z.string().startsWith("whatsapp:US."),
  From: z.literal(`whatsapp:${ana}`),
  MessageSid: sid("SM|MM"),
  MessageType: z.string(),
  NumMedia: digits,
  NumSegments: digits,
  ProfileName: z.string(),
  ReferralNumMedia: digits,
  SmsMessageSid: sid("SM|MM"),
  SmsSid: sid("SM|MM"),
  SmsStatus: z.literal("received"),
  To: z.literal(sandbox),
  WaId: digits,
};
const reply = {
  ...inbound,
  Forwarded: z.literal("false"),
  FrequentlyForwarded: z.literal("false"),
  OriginalRepliedMessageSender: z.literal(sandbox),
  OriginalRepliedMessageSid: sid("SM|MM"),
};

test.each([
  ["a text", { text: "Oui" }, inbound, "text"],
  [
    "a tap on a button",
    { button: { text: "Je confirme", payload: "confirmer" } },
    { ...reply, ButtonText: z.string(), ButtonPayload: z.string() },
    "interactive",
  ],
  [
    "a picture",
    { media: [{ contentType: "image/jpeg", data: "eA==" }] },
    { ...inbound, MediaContentType0: z.literal("image/jpeg"), MediaUrl0: z.string().regex(mediaUrl) },
    "image",
  ],
  [
    "a place",
    { location: { latitude: 48.85, longitude: 2.29, label: "Tour Eiffel", address: "Paris" } },
    {
      ...inbound,
      Latitude: z.literal("48.85"),
      Longitude: z.literal("2.29"),
      Label: z.literal("Tour Eiffel"),
      Address: z.literal("Paris"),
    },
    "location",
  ],
])("the webhook of %s has the fields of Twilio's", async (_, input, fields, messageType) => {
  const webhook = await listenForWebhooks();
  const { sim, api } = await simulate({ inboundWebhookUrl: webhook.url });
  await sim.join(ana);
  await api.messages.create(template);
  await sim.inbound({ phone: ana, ...input });
  const [received] = webhook.received;
  expect(received?.signed).toBe(true);
  expect(z.strictObject(fields).safeParse(received?.fields).error?.issues ?? []).toEqual([]);
  expect(received?.fields.MessageType).toBe(messageType);
});

/** Sandbox logs; `EventType` and `ChannelStatusMessage` as in /docs/whatsapp/api */
const status = {
  AccountSid: sid("AC"),
  ApiVersion: z.literal("2010-04-01"),
  ChannelInstallSid: sid("XE"),
  ChannelPrefix: z.literal("whatsapp"),
  ChannelToAddress: z.string().regex(/^\+\d+XXXX$/),
  From: z.literal(sandbox),
  MessageSid: sid("SM|MM"),
  MessageStatus: z.string(),
  SmsSid: sid("SM|MM"),
  SmsStatus: z.string(),
  To: z.literal(`whatsapp:${ana}`),
};
const statusFields: Record<string, z.ZodType> = {
  sent: z.strictObject({ ...status, StructuredMessage: z.literal("true") }),
  delivered: z.strictObject({ ...status, EventType: z.literal("DELIVERED") }),
  read: z.strictObject({ ...status, EventType: z.literal("READ") }),
  failed: z.strictObject({
    ...status,
    ErrorCode: z.literal("63024"),
    ChannelStatusMessage: z.literal("Invalid message recipient"),
    EventType: z.literal("UNDELIVERED"),
  }),
};

test("the callbacks of each status have the fields of Twilio's", async () => {
  const webhook = await listenForWebhooks();
  const { sim, api } = await simulate({ autoJoin: "all" });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  await sim.fault({ behaviour: { kind: "fail", code: 63024 } });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.statuses()).toEqual(Object.keys(statusFields));
  for (const { fields } of webhook.received)
    expect(statusFields[String(fields.MessageStatus)]?.safeParse(fields).error?.issues ?? []).toEqual([]);
});
