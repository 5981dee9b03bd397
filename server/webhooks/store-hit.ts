import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import type { SignatureMatch, WebhookRefusal } from "#server/domain/signature-match.ts";
import type { WebhookParams } from "#server/twilio/verify-webhook.ts";
import { readHit } from "#server/twilio/webhook-inputs.ts";
import { storable } from "#server/webhooks/storable.ts";

export type WebhookRequest = {
  /** path and query exactly as they came; the signature covers them */
  rawUrl: string;
  ip: string | null;
  signature: string | null;
  body: string;
  /** of the call, as the log has it */
  requestId?: string;
  /** default: POST */
  method?: string;
  /** those of `tellingHeaders`, names in lower case */
  headers?: Readonly<Record<string, string>>;
};

/** Of the headers, those that say who called and what stands between. */
export const tellingHeaders = [
  "host",
  "user-agent",
  "content-type",
  "content-length",
  "x-twilio-signature",
  "i-twilio-idempotency-token",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-for",
  "x-forwarded-uri",
  "x-original-uri",
  "x-original-url",
  "forwarded",
  "via",
] as const;

export type Verdict = {
  params: WebhookParams;
  /** null: accepted */
  diagnosis: WebhookRefusal | null;
  match: SignatureMatch | null;
  /** whether its body is kept to the end */
  whole: boolean;
};

/** Of a hit that is not kept whole; Twilio's have a few hundred. */
const keptOfOthers = { body: 4096, url: 2048, header: 512 };

export type StoredHit = {
  id: number;
  /** of the request that enqueued the message it is about; null when it is about none of ours */
  messageRequestId: string | null;
};

/** Stores a hit as it came, or its beginning. Throws what the database throws. */
export async function storeHit(db: Database, request: WebhookRequest, verdict: Verdict): Promise<StoredHit> {
  const { params, diagnosis, match, whole } = verdict;
  const accepted = diagnosis === null;
  const hit = readHit(params);
  const short = (text: string, length: number) => storable(whole ? text : text.slice(0, length));
  const [stored] = await db
    .insert(webhookEvents)
    .values({
      kind: hit.kind,
      verdict: accepted ? "accepted" : "refused",
      diagnosis,
      match,
      method: request.method ?? "POST",
      url: short(request.rawUrl, keptOfOthers.url),
      ip: request.ip,
      headers: mapValues(request.headers ?? {}, (value) => storable(value.slice(0, keptOfOthers.header))),
      rawBody: short(request.body, keptOfOthers.body),
      bodyBytes: Buffer.byteLength(request.body),
      params: accepted ? storableParams(params) : {},
      messageSid: hit.kind === "unknown" ? null : storableSid(hit.sid),
      attemptId: attemptInUrl(request.rawUrl),
      nextTryAt: sql`clock_timestamp() + interval '10 seconds'`,
      requestId: request.requestId ?? null,
    })
    .returning({ id: webhookEvents.id, messageRequestId: requestOfMessage });
  if (!stored) throw new Error("the webhook event was not stored");
  return stored;
}

const requestOfMessage = sql<string | null>`(select m.request_id from message_attempts a
  join messages m on m.id = a.message_id where a.id = ${webhookEvents.attemptId})`;

/** Twilio's have 34 characters; an index takes no endless one, and what is refused is to be stored all the same. */
const storableSid = (sid: string) => storable(sid).slice(0, 100);

function mapValues(fields: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}

function storableParams(params: WebhookParams): WebhookParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      storable(name),
      Array.isArray(value) ? value.map(storable) : storable(value),
    ]),
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function attemptInUrl(rawUrl: string): string | null {
  const attempt = new URLSearchParams(rawUrl.split("?", 2)[1] ?? "").get("attempt");
  return attempt && uuid.test(attempt) ? attempt : null;
}
