// The form fields of Twilio's webhooks, as seen in the logs of real sandboxes.
import { errorText } from "./errors.ts";
import { digest } from "./serialize.ts";
import type { Location, MessageRecord, MessageStatus, Phone } from "./state/types.ts";

type Fields = Record<string, string>;

const eventTypes: Partial<Record<MessageStatus, string>> = {
  delivered: "DELIVERED",
  read: "READ",
  failed: "UNDELIVERED",
  undelivered: "UNDELIVERED",
};

/** A status callback. The fields depend on the status announced, not on the message's present one. */
export function statusFields(
  message: MessageRecord,
  { accountSid, status, errorCode }: { accountSid: string; status: MessageStatus; errorCode: number | null },
): Fields {
  const eventType = eventTypes[status];
  return {
    SmsSid: message.sid,
    SmsStatus: status,
    MessageStatus: status,
    ...(eventType ? { EventType: eventType } : {}),
    ...(errorCode === null
      ? {}
      : { ErrorCode: String(errorCode), ChannelStatusMessage: errorText(errorCode) }),
    ChannelToAddress: maskedAddress(message.to),
    To: message.to,
    ChannelPrefix: "whatsapp",
    MessageSid: message.sid,
    AccountSid: accountSid,
    ...(status === "sent" && message.contentSid ? { StructuredMessage: "true" } : {}),
    From: message.from,
    ApiVersion: "2010-04-01",
    ChannelInstallSid: `XE${digest(accountSid)}`,
  };
}

export type InboundExtras = {
  button?: { text: string; payload?: string };
  repliedSid: string | null;
  /** added to the others, or in their place */
  fields: Fields;
};

/** The webhook of a message that came in. */
export function inboundFields(
  message: MessageRecord,
  { accountSid, phone, extras }: { accountSid: string; phone: Phone; extras: InboundExtras },
): Fields {
  const waId = phone.address.replace(/^\+/, "");
  const { button, repliedSid } = extras;
  const { location } = message.said;
  const isReply = button !== undefined || repliedSid !== null;
  const forwarding: Fields = isReply ? { Forwarded: "false", FrequentlyForwarded: "false" } : {};
  const context = {
    ...(button ? { ButtonText: button.text } : {}),
    ...forwarding,
    ProfileName: phone.profileName,
    WaId: waId,
  };
  return {
    ...(repliedSid
      ? { OriginalRepliedMessageSender: message.to, OriginalRepliedMessageSid: repliedSid }
      : {}),
    ...forwarding,
    SmsMessageSid: message.sid,
    NumMedia: String(message.media.length),
    ProfileName: phone.profileName,
    MessageType: messageType(message),
    SmsSid: message.sid,
    WaId: waId,
    SmsStatus: "received",
    Body: message.body,
    ...(button ? { ButtonText: button.text } : {}),
    ...(button?.payload === undefined ? {} : { ButtonPayload: button.payload }),
    To: message.to,
    NumSegments: "1",
    ReferralNumMedia: "0",
    MessageSid: message.sid,
    AccountSid: accountSid,
    From: message.from,
    ApiVersion: "2010-04-01",
    ExternalUserId: `whatsapp:US.${BigInt(`0x${digest(phone.address).slice(0, 13)}`)}`,
    ChannelMetadata: JSON.stringify({ type: "whatsapp", data: { context } }),
    ...mediaFields(message),
    ...(location ? locationFields(location) : {}),
    ...extras.fields,
  };
}

function mediaFields({ media }: MessageRecord): Fields {
  return Object.fromEntries(
    media.flatMap(({ contentType, url }, n) => [
      [`MediaContentType${n}`, contentType ?? ""],
      [`MediaUrl${n}`, url],
    ]),
  );
}

/** Twilio documents the four parameters; the label and the address are those of a place, not of a pin. */
function locationFields({ latitude, longitude, label, address }: Location): Fields {
  return {
    Latitude: String(latitude),
    Longitude: String(longitude),
    ...(label ? { Label: label } : {}),
    ...(address ? { Address: address } : {}),
  };
}

/** `text`, `interactive` and `image` were seen; the others follow WhatsApp's own names (Twilio lists none). */
function messageType({ media, said }: MessageRecord): string {
  if (said.button !== undefined) return "interactive";
  if (said.location) return "location";
  if (said.reaction) return "reaction";
  const [kind] = media[0]?.contentType?.split("/") ?? ["text"];
  return kind === "application" ? "document" : (kind as string);
}

/** `+1555000XXXX` */
function maskedAddress(address: string): string {
  return address.replace(/^whatsapp:/, "").replace(/.{4}$/, "XXXX");
}
