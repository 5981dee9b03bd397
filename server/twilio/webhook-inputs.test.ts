import fc from "fast-check";
import { expect, test } from "vitest";
import { readHit } from "#server/twilio/webhook-inputs.ts";

const sid = `SM${"3".repeat(32)}`;
/** An inbound message as the sandbox posts it. */
const inbound = {
  SmsMessageSid: sid,
  NumMedia: "0",
  ProfileName: "Aïcha",
  MessageType: "text",
  SmsSid: sid,
  WaId: "33612345678",
  SmsStatus: "received",
  Body: "Bonjour 🙏",
  To: "whatsapp:+14155238886",
  NumSegments: "1",
  ReferralNumMedia: "0",
  MessageSid: sid,
  AccountSid: `AC${"0".repeat(32)}`,
  From: "whatsapp:+33612345678",
  ApiVersion: "2010-04-01",
};
const status = {
  ChannelPrefix: "whatsapp",
  MessageSid: sid,
  MessageStatus: "undelivered",
  ErrorCode: "63016",
  ErrorMessage: "outside the window",
  SmsSid: sid,
  SmsStatus: "undelivered",
  To: "whatsapp:+33612345678",
  From: "whatsapp:+14155238886",
};

test("[EX-4.2] [EX-12.3] an inbound message gives its sender, its text and its SID", () => {
  expect(readHit(inbound)).toEqual({
    kind: "inbound",
    sid,
    from: "whatsapp:+33612345678",
    to: "whatsapp:+14155238886",
    body: "Bonjour 🙏",
    profileName: "Aïcha",
    externalUserId: null,
    repliedToSid: null,
    receivedAt: null,
    details: { MessageType: "text", ProfileName: "Aïcha", WaId: "33612345678" },
  });
});

test("[EX-4.2] the message it quotes and the id of a user who hides the number are read", () => {
  const hit = readHit({
    ...inbound,
    From: "whatsapp:FR.1A",
    OriginalRepliedMessageSid: "SM9",
    ExternalUserId: "u1",
  });
  expect(hit).toMatchObject({ from: "whatsapp:FR.1A", repliedToSid: "SM9", externalUserId: "u1" });
});

test("[EX-12.3] a picture without a word is an answer with media", () => {
  const { Body: _, ...picture } = inbound;
  const media = { NumMedia: "1", MediaUrl0: "https://api.twilio.com/m", MediaContentType0: "image/jpeg" };
  expect(readHit({ ...picture, ...media })).toMatchObject({
    kind: "inbound",
    body: "",
    details: { media: [{ url: "https://api.twilio.com/m", contentType: "image/jpeg" }] },
  });
});

test.each(["-1", "1e9", "99999999999", "abc", "11", ""])("NumMedia=%j never means more than ten", (count) => {
  const hit = readHit({ ...inbound, NumMedia: count });
  const media = hit.kind === "inbound" ? (hit.details.media as unknown[] | undefined) : null;
  expect(media?.length ?? 0).toBe(count === "11" ? 10 : 0);
});

test.each(["queued", "sent", "delivered", "read", "failed", "undelivered"])(
  "[EX-5.1] the status %s is read with the SID and the recipient",
  (word) => {
    expect(readHit({ ...status, MessageStatus: word })).toMatchObject({
      kind: "status",
      sid,
      status: word,
      to: "whatsapp:+33612345678",
    });
  },
);

test("[EX-5.1] [EX-5.4] a refusal has Twilio's code and text, the channel's own when there is no other", () => {
  expect(readHit(status)).toMatchObject({ errorCode: 63016, errorMessage: "outside the window" });
  const { ErrorMessage: _, ...rest } = status;
  expect(readHit({ ...rest, ChannelStatusMessage: "channel" })).toMatchObject({ errorMessage: "channel" });
  expect(readHit({ ...rest, ErrorCode: "none" })).toMatchObject({ errorCode: null, errorMessage: null });
});

test("[EX-12.3] a message of the older name SmsSid is known, one without a SID or a sender is not", () => {
  const { MessageSid: _, ...older } = inbound;
  expect(readHit(older)).toMatchObject({ kind: "inbound", sid });
  expect(readHit({ ...older, SmsSid: " " })).toEqual({ kind: "unknown" });
  expect(readHit({ ...inbound, From: "" })).toEqual({ kind: "unknown" });
  expect(readHit({})).toEqual({ kind: "unknown" });
});

test("[EX-12.3] a test of our own is told by its nonce, whatever else it carries", () => {
  expect(readHit({ ...inbound, RelanceTest: "n1" })).toEqual({ kind: "test", sid: "n1" });
  expect(readHit({ ...status, RelanceTest: " " })).toMatchObject({ kind: "status" });
});

test("[EX-12.3] of a parameter sent twice the first counts", () => {
  expect(readHit({ ...inbound, Body: ["un", "deux"], From: [inbound.From, "whatsapp:+1"] })).toMatchObject({
    body: "un",
    from: inbound.From,
  });
  expect(readHit({ ...inbound, Body: [] })).toMatchObject({ body: "" });
});

test("[EX-12.3] whatever the parameters are, reading them does not fail", () => {
  const names = fc.constantFrom(...Object.keys({ ...inbound, ...status }), "__proto__", "MediaUrl0");
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string()));
  fc.assert(
    fc.property(fc.dictionary(names, value), (params) => {
      expect(["inbound", "status", "test", "unknown"]).toContain(readHit(params).kind);
    }),
  );
});
