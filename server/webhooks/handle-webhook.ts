// Twilio's webhook: verify, store as it came, apply, answer (design.md 7).
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { type Verification, verifyWebhook, type WebhookParams } from "#server/twilio/verify-webhook.ts";
import { readHit } from "#server/twilio/webhook-inputs.ts";
import { applyWebhookEvent } from "#server/webhooks/apply-event.ts";
import { storable } from "#server/webhooks/storable.ts";
import { applyUsualStatus } from "#server/webhooks/usual-statuses.ts";

export type WebhookServices = { db: Database; env: Env; log: Log };

export type WebhookRequest = {
  /** path and query exactly as they came; the signature covers them */
  rawUrl: string;
  ip: string | null;
  signature: string | null;
  body: string;
};

export type WebhookAnswer = { status: 200 | 403 | 503; body: string };

/** An empty TwiML: received, nothing to say (criterion 4.6). */
const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/**
 * Handles one hit. 200 once it is stored, whether or not it could be applied (the sweep applies it later); 403 when it
 * is not Twilio's, kept with the diagnosis; 503 only when it could not be stored, so that Twilio tries again.
 */
export async function handleWebhook(
  services: WebhookServices,
  request: WebhookRequest,
): Promise<WebhookAnswer> {
  const { db, env, log } = services;
  const verification = verifyWebhook(env, request);
  if (!verification.ok) {
    log.warn({ diagnosis: verification.diagnosis, ip: request.ip }, "webhook refused");
    await storeEvent(db, request, verification).catch((error: unknown) =>
      log.error({ err: error }, "refusal not stored"),
    );
    return { status: 403, body: "" };
  }
  let eventId: number;
  try {
    eventId = await storeEvent(db, request, verification);
  } catch (error) {
    log.error({ err: error }, "webhook not stored");
    return { status: 503, body: "" };
  }
  const usual = readHit(verification.params).kind === "status" && (await applyUsualStatus(db, eventId));
  if (!usual) {
    await applyWebhookEvent(services, eventId).catch((error: unknown) =>
      log.error({ err: error, eventId }, "webhook stored, not applied yet"),
    );
  }
  return { status: 200, body: emptyTwiml };
}

/** Twilio's have 34 characters; an index takes no endless one, and what is refused is to be stored all the same. */
const storableSid = (sid: string) => storable(sid).slice(0, 100);

function storableParams(params: WebhookParams): WebhookParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      storable(name),
      Array.isArray(value) ? value.map(storable) : storable(value),
    ]),
  );
}

async function storeEvent(
  db: Database,
  request: WebhookRequest,
  verification: Verification,
): Promise<number> {
  const hit = readHit(verification.params);
  const [stored] = await db
    .insert(webhookEvents)
    .values({
      kind: hit.kind,
      verdict: verification.ok ? "accepted" : "refused",
      diagnosis: verification.ok ? null : verification.diagnosis,
      url: storable(request.rawUrl),
      ip: request.ip,
      rawBody: storable(request.body),
      params: storableParams(verification.params),
      messageSid: hit.kind === "unknown" ? null : storableSid(hit.sid),
      attemptId: attemptInUrl(request.rawUrl),
      nextTryAt: sql`clock_timestamp() + interval '10 seconds'`,
    })
    .returning({ id: webhookEvents.id });
  if (!stored) throw new Error("the webhook event was not stored");
  return stored.id;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function attemptInUrl(rawUrl: string): string | null {
  const attempt = new URLSearchParams(rawUrl.split("?", 2)[1] ?? "").get("attempt");
  return attempt && uuid.test(attempt) ? attempt : null;
}
