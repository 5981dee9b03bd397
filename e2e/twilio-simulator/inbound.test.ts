import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, ana, hour, listenForWebhooks, sandbox, simulate } from "./test-support.ts";

test("a member's text reaches the inbound webhook signed, and its answer comes back", async () => {
  const webhook = await listenForWebhooks();
  const { sim } = await simulate({ inboundWebhookUrl: `${webhook.url}#rc=2&rp=all` });
  await sim.join(ana);
  const { sid, webhook: answer } = await sim.inbound({
    phone: ana,
    text: "Oui & à demain ☺",
    profileName: "Ana",
  });

  expect(answer).toEqual({ result: 200, contentType: "text/xml", body: "<Response/>", attempts: 1 });
  const [request] = webhook.received;
  expect(request).toMatchObject({ url: webhook.url, signed: true });
  expect(request?.fields).toEqual({
    SmsMessageSid: sid,
    NumMedia: "0",
    ProfileName: "Ana",
    MessageType: "text",
    SmsSid: sid,
    WaId: "33612345678",
    SmsStatus: "received",
    Body: "Oui & à demain ☺",
    To: sandbox,
    NumSegments: "1",
    ReferralNumMedia: "0",
    MessageSid: sid,
    AccountSid: accountSid,
    From: `whatsapp:${ana}`,
    ApiVersion: "2010-04-01",
    ExternalUserId: expect.stringMatching(/^whatsapp:US\.\d+$/),
    ChannelMetadata: JSON.stringify({
      type: "whatsapp",
      data: { context: { ProfileName: "Ana", WaId: "33612345678" } },
    }),
  });
});

test("a tap on a button names its text, its payload and the last message to the phone", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ inboundWebhookUrl: webhook.url });
  await sim.join(ana);
  const { sid } = await api.messages.create({
    to: `whatsapp:${ana}`,
    from: sandbox,
    contentSid: DEFAULT_CONTENT_SID,
  });
  await sim.inbound({ phone: ana, button: { text: "Je confirme", payload: "confirmer" } });
  expect(webhook.received[0]?.signed).toBe(true);
  expect(webhook.received[0]?.fields).toMatchObject({
    Body: "Je confirme",
    ButtonText: "Je confirme",
    ButtonPayload: "confirmer",
    MessageType: "interactive",
    OriginalRepliedMessageSid: sid,
    OriginalRepliedMessageSender: sandbox,
    Forwarded: "false",
  });
});

test("media and fields of one's own are sent along", async () => {
  const webhook = await listenForWebhooks();
  const { sim } = await simulate({ inboundWebhookUrl: webhook.url });
  await sim.join(ana);
  await sim.inbound({
    phone: ana,
    media: [{ contentType: "image/jpeg" }],
    fields: { Latitude: "48.85", From: "whatsapp:FR.1A2B3C" },
  });
  expect(webhook.received[0]?.signed).toBe(true);
  expect(webhook.received[0]?.fields).toMatchObject({
    NumMedia: "1",
    MediaContentType0: "image/jpeg",
    MediaUrl0: expect.stringContaining(`/Accounts/${accountSid}/Messages/MM`),
    MessageType: "image",
    Body: "",
    Latitude: "48.85",
    From: "whatsapp:FR.1A2B3C",
  });
});

test("join and stop stay with the sandbox, and a stranger's message never arrives", async () => {
  const webhook = await listenForWebhooks();
  const { sim } = await simulate({ inboundWebhookUrl: webhook.url });
  expect(await sim.inbound({ phone: ana, text: "Bonjour" })).toMatchObject({ sid: null, webhook: null });
  await sim.join(ana);
  await sim.stop(ana);
  await sim.inbound({ phone: ana, text: "Bonjour" });
  expect(webhook.received).toEqual([]);
});

test("a setting forwards join and stop as well", async () => {
  const webhook = await listenForWebhooks();
  const { sim } = await simulate({
    inboundWebhookUrl: webhook.url,
    forwardJoinAndStop: true,
    joinCode: "join paper-plane",
  });
  expect((await sim.join(ana)).webhook?.result).toBe(200);
  expect((await sim.stop(ana)).webhook?.result).toBe(200);
  expect(webhook.received.map(({ fields }) => fields.Body)).toEqual(["join paper-plane", "stop"]);
});

test("an expired member is a stranger", async () => {
  const webhook = await listenForWebhooks();
  const { sim } = await simulate({ inboundWebhookUrl: webhook.url });
  await sim.join(ana);
  await sim.advance(72 * hour);
  expect(await sim.inbound({ phone: ana, text: "Oui" })).toMatchObject({ sid: null, webhook: null });
});

test("a message can be delivered again, or kept from the webhook and found in the list", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ inboundWebhookUrl: webhook.url });
  await sim.join(ana);
  const { sid } = await sim.inbound({ phone: ana, text: "Oui", deliver: false });
  expect(webhook.received).toEqual([]);
  expect(await api.messages.list({ to: sandbox })).toMatchObject([
    { sid, direction: "inbound", status: "received", body: "Oui", from: `whatsapp:${ana}` },
  ]);
  await sim.inbound({ phone: ana, text: "Oui", sid: sid ?? "" });
  await sim.inbound({ phone: ana, text: "Oui", sid: sid ?? "" });
  expect(webhook.received.map(({ fields }) => fields.MessageSid)).toEqual([sid, sid]);
  expect(await api.messages.list({ to: sandbox })).toHaveLength(1);
});

test("a webhook that is down is reported as such", async () => {
  const { sim } = await simulate({ inboundWebhookUrl: "http://127.0.0.1:9/inbound", retryDelayMs: 1 });
  await sim.join(ana);
  const { webhook } = await sim.inbound({ phone: ana, text: "Oui" });
  expect(webhook).toMatchObject({ result: "connect", attempts: 2 });
});
