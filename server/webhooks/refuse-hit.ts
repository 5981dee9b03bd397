import type { Database } from "#db/client.ts";
import type { SignatureMatch, WebhookRefusal } from "#server/domain/signature-match.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { diagnoseSignature } from "#server/twilio/diagnose-signature.ts";
import { readForm } from "#server/twilio/verify-webhook.ts";
import { allowRefusal } from "#server/webhooks/refusal-allowance.ts";
import { storeHit, type WebhookRequest } from "#server/webhooks/store-hit.ts";

export type RefusalServices = {
  db: Database;
  log: Log;
  env: Pick<Env, "webhookBaseUrl" | "twilioAccountSid" | "twilioAuthToken" | "twilioAuthTokenPrevious">;
};

/**
 * Keeps what was refused with its diagnosis, for the inspector: so many a minute, whole when it looks like Twilio's, else
 * no more than its beginning (decision 0008).
 * Never throws: a refusal that could not be stored is logged.
 */
export async function refuseHit(
  { db, env, log }: RefusalServices,
  request: WebhookRequest,
  diagnosis: WebhookRefusal,
): Promise<void> {
  const params = readForm(request.body);
  const likely = Boolean(request.signature) && params.AccountSid === env.twilioAccountSid;
  const { keep, dropped } = allowRefusal(db, likely ? "likely" : "unlikely");
  if (dropped > 0) log.warn({ dropped }, "refused webhooks of the last minute that were not kept");
  if (!keep) return;
  const match = matchOf(env, request, diagnosis);
  const { requestId } = request;
  log.warn({ requestId, diagnosis, ip: request.ip, signedUrl: match?.signedUrl }, "webhook refused");
  await storeHit(db, request, { params, diagnosis, match, whole: likely }).catch((error: unknown) =>
    log.error({ err: error, requestId }, "refusal not stored"),
  );
}

function matchOf(
  env: RefusalServices["env"],
  request: WebhookRequest,
  diagnosis: WebhookRefusal,
): SignatureMatch | null {
  const { signature, body, rawUrl, headers = {} } = request;
  return signature && diagnosis !== "too_large"
    ? diagnoseSignature(env, { signature, body, rawUrl, headers })
    : null;
}
