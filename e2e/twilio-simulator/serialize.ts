// The resources as Twilio's REST API shows them.
import { createHash, randomBytes } from "node:crypto";
import type { Content } from "./contents.ts";
import { errorText } from "./errors.ts";
import type { Settings } from "./settings.ts";
import type { MessageRecord, StoredMedia } from "./state/types.ts";

/** A new identifier: two letters and 32 hexadecimal digits. */
export function newSid(prefix: "SM" | "MM" | "ME"): string {
  return prefix + randomBytes(16).toString("hex");
}

/** RFC 2822, as in `Mon, 23 Nov 2026 09:16:00 +0000`. */
function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace("GMT", "+0000");
}

/** ISO 8601 to the second. */
function iso8601(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function messageResource(message: MessageRecord, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : errorText(message.errorCode),
    from: message.from,
    messaging_service_sid: null,
    num_media: String(message.media.length),
    num_segments: "1",
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** A file of a message. */
export function mediaResource(media: StoredMedia, accountSid: string) {
  return {
    account_sid: accountSid,
    content_type: media.contentType,
    date_created: rfc2822(media.createdAt),
    date_updated: rfc2822(media.createdAt),
    parent_sid: media.messageSid,
    sid: media.sid,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${media.messageSid}/Media/${media.sid}.json`,
  };
}

const accountCreatedAt = Date.UTC(2025, 0, 15, 9);

export function accountResource({ accountSid, accountType }: Settings) {
  const uri = `/2010-04-01/Accounts/${accountSid}`;
  return {
    auth_token: "",
    date_created: rfc2822(accountCreatedAt),
    date_updated: rfc2822(accountCreatedAt),
    friendly_name: "Simulated account",
    owner_account_sid: accountSid,
    sid: accountSid,
    status: "active",
    subresource_uris: { messages: `${uri}/Messages.json` },
    type: accountType,
    uri: `${uri}.json`,
  };
}

export function contentResource(content: Content, accountSid: string) {
  const url = `https://content.twilio.com/v1/Content/${content.sid}`;
  return {
    ...contentCore(content, accountSid),
    url,
    links: {
      approval_create: `${url}/ApprovalRequests/whatsapp`,
      approval_fetch: `${url}/ApprovalRequests`,
    },
  };
}

export function contentWithApproval(content: Content, accountSid: string) {
  return { ...contentCore(content, accountSid), approval_requests: approval(content) };
}

export function approvalResource(content: Content, accountSid: string) {
  const url = `https://content.twilio.com/v1/Content/${content.sid}/ApprovalRequests`;
  return {
    sid: content.sid,
    account_sid: accountSid,
    whatsapp: { type: "whatsapp", ...approval(content) },
    url,
  };
}

function contentCore(content: Content, accountSid: string) {
  return {
    sid: content.sid,
    account_sid: accountSid,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: iso8601(accountCreatedAt),
    date_updated: iso8601(accountCreatedAt),
  };
}

function approval(content: Content) {
  return {
    name: content.friendlyName,
    category: content.category,
    content_type: Object.keys(content.types)[0] ?? "twilio/text",
    status: content.approval,
    rejection_reason: content.approval === "rejected" ? "INVALID_FORMAT" : "",
    allow_category_change: true,
    // since 12 August 2024 (Twilio changelog, content-api-flows-approval); null but for twilio/flows
    flows: null,
  };
}

/** 32 hexadecimal digits that stay the same for the same text. */
export function digest(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
