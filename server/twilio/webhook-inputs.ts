// What we read of Twilio's parameters. New ones appear without notice, so everything unknown is left alone.
import type { WebhookParams } from "#server/twilio/verify-webhook.ts";

export type StatusHit = {
  kind: "status";
  sid: string;
  status: string;
  to: string;
  errorCode: number | null;
  errorMessage: string | null;
};

export type InboundHit = {
  kind: "inbound";
  sid: string;
  from: string;
  to: string;
  body: string;
  profileName: string | null;
  externalUserId: string | null;
  repliedToSid: string | null;
  /** set for what we found ourselves when the webhook never came; ISO 8601 */
  receivedAt: string | null;
  details: Record<string, unknown>;
};

/** Our own call through the public address; `sid` is the nonce it carries. */
export type TestHit = { kind: "test"; sid: string };

export type WebhookHit = StatusHit | InboundHit | TestHit | { kind: "unknown" };

/** The parameter of a test hit, which Twilio never sends. */
export const testParameter = "RelanceTest";

/** A hit as one of ours, a `MessageStatus` making it a status (criteria 4.2, 5.1 and 12.3); never throws. */
export function readHit(params: WebhookParams): WebhookHit {
  const nonce = text(params, testParameter);
  if (nonce) return { kind: "test", sid: nonce };
  const sid = text(params, "MessageSid") ?? text(params, "SmsSid");
  const status = text(params, "MessageStatus");
  if (!sid) return { kind: "unknown" };
  if (status) {
    return {
      kind: "status",
      sid,
      status,
      to: text(params, "To") ?? "",
      errorCode: integer(text(params, "ErrorCode")),
      errorMessage: text(params, "ErrorMessage") ?? text(params, "ChannelStatusMessage"),
    };
  }
  const from = text(params, "From");
  if (!from) return { kind: "unknown" };
  return {
    kind: "inbound",
    sid,
    from,
    to: text(params, "To") ?? "",
    body: text(params, "Body") ?? "",
    profileName: text(params, "ProfileName"),
    externalUserId: text(params, "ExternalUserId"),
    repliedToSid: text(params, "OriginalRepliedMessageSid"),
    receivedAt: text(params, "RelanceReceivedAt"),
    details: detailsOf(params),
  };
}

const keptFields = [
  "MessageType",
  "ProfileName",
  "WaId",
  "ButtonText",
  "ButtonPayload",
  "Latitude",
  "Longitude",
  "Address",
  "Label",
  "OriginalRepliedMessageSid",
  "Forwarded",
];

function detailsOf(params: WebhookParams): Record<string, unknown> {
  const fields = keptFields.flatMap((name) => {
    const value = text(params, name);
    return value === null ? [] : [[name, value] as const];
  });
  const count = Math.min(Math.max(integer(text(params, "NumMedia")) ?? 0, 0), 10);
  const media = Array.from({ length: count }, (_, index) => ({
    url: text(params, `MediaUrl${index}`),
    contentType: text(params, `MediaContentType${index}`),
  }));
  return { ...Object.fromEntries(fields), ...(media.length > 0 && { media }) };
}

/** The first value of a parameter, blank counting as absent. */
function text(params: WebhookParams, name: string): string | null {
  const value = params[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first?.trim() ? first : null;
}

function integer(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
