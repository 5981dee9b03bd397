// Twilio's webhook: verify, store as it came, apply, answer (design.md 7).
import type { Database } from "#db/client.ts";
import type { SignatureMatch, SigningToken } from "#server/domain/signature-match.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { withoutNumbers } from "#server/log-error.ts";
import { countWebhook } from "#server/metrics/webhooks.ts";
import { signedBase, verifyWebhook } from "#server/twilio/verify-webhook.ts";
import { readHit, type WebhookHit } from "#server/twilio/webhook-inputs.ts";
import { applyWebhookEvent } from "#server/webhooks/apply-event.ts";
import { refuseHit } from "#server/webhooks/refuse-hit.ts";
import { type StoredHit, storeHit, type WebhookRequest } from "#server/webhooks/store-hit.ts";
import { applyUsualStatus } from "#server/webhooks/usual-statuses.ts";

export type WebhookServices = { db: Database; env: Env; log: Log };

export type WebhookAnswer = { status: 200 | 403 | 503; body: string };

/** An empty TwiML: received, nothing to say (criterion 4.6). */
const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/**
 * Handles one hit. 200 once it is stored, whether or not it could be applied (the sweep applies it later); 403 when it
 * is not Twilio's, kept with the diagnosis; 503 only when it could not be stored, so that Twilio tries again.
 */
export function handleWebhook(services: WebhookServices, request: WebhookRequest): Promise<WebhookAnswer> {
  return countWebhook(() => handle(services, request));
}

async function handle(services: WebhookServices, request: WebhookRequest): Promise<WebhookAnswer> {
  const { db, env, log } = services;
  const verification = verifyWebhook(env, request);
  if (!verification.ok) {
    await refuseHit(services, request, verification.diagnosis);
    return { status: 403, body: "" };
  }
  const { params, token } = verification;
  let stored: StoredHit;
  try {
    stored = await storeHit(db, request, {
      params,
      diagnosis: null,
      match: matchOf(env, request, token),
      whole: true,
    });
  } catch (error) {
    log.error({ err: error }, "webhook not stored");
    return { status: 503, body: "" };
  }
  const { id: eventId } = stored;
  const hit = readHit(params);
  logHit(log, request, stored, hit);
  const usual = hit.kind === "status" && (await applyUsualStatus(db, eventId));
  if (!usual) {
    await applyWebhookEvent(services, eventId).catch((error: unknown) =>
      log.error({ err: error, eventId }, "webhook stored, not applied yet"),
    );
  }
  return { status: 200, body: emptyTwiml };
}

/** Only what is out of the ordinary is kept: the previous token, before it is dropped. */
function matchOf(env: Env, { rawUrl }: WebhookRequest, token: SigningToken): SignatureMatch | null {
  if (token === "current") return null;
  const url = signedBase(env.webhookBaseUrl) + rawUrl;
  return { signedUrl: url, expectedUrl: url, differences: [], token, body: "as_received" };
}

/** Under the id of the press that sent the message, and of the call itself. */
function logHit(
  log: Log,
  request: WebhookRequest,
  { id, messageRequestId }: StoredHit,
  hit: WebhookHit,
): void {
  const { requestId } = request;
  const about = hit.kind === "unknown" ? {} : { sid: told(hit.sid) };
  const status = hit.kind === "status" ? { status: told(hit.status) } : {};
  const requests = messageRequestId
    ? { requestId: messageRequestId, callRequestId: requestId }
    : { requestId };
  log.info({ ...requests, eventId: id, kind: hit.kind, ...about, ...status }, "webhook stored");
}

/** Signed or not, a field may hold anything. */
const told = (field: string) => withoutNumbers(field.slice(0, 40));
