// Whether a call of the webhook is Twilio's (criteria 4.1 and 12.5; https://www.twilio.com/docs/usage/security).
import twilio from "twilio";
import type { SigningToken, WebhookRefusal } from "#server/domain/signature-match.ts";
import type { Env } from "#server/env.ts";

export type WebhookParams = Record<string, string | string[]>;

export type Verification =
  | { ok: true; params: WebhookParams; token: SigningToken }
  | { ok: false; params: WebhookParams; diagnosis: WebhookRefusal };

export type VerifySettings = Pick<
  Env,
  "webhookBaseUrl" | "twilioAccountSid" | "twilioAuthToken" | "twilioAuthTokenPrevious"
>;

/**
 * Verifies the signature over the configured public address and the request target exactly as it came, with the current
 * and, during a rotation, the previous token; then the account. Never throws, whatever was sent.
 */
export function verifyWebhook(
  settings: VerifySettings,
  hit: { rawUrl: string; signature: string | null; body: string },
): Verification {
  const params = readForm(hit.body);
  const { signature } = hit;
  if (!signature) return { ok: false, params, diagnosis: "unsigned" };
  const url = signedBase(settings.webhookBaseUrl) + hit.rawUrl;
  const found = signingTokens(settings).find(([, token]) => isSigned(token, signature, url, params));
  if (!found) return { ok: false, params, diagnosis: "wrong_signature" };
  if (params.AccountSid !== settings.twilioAccountSid)
    return { ok: false, params, diagnosis: "wrong_account" };
  return { ok: true, params, token: found[0] };
}

/** The tokens a signature may be made with: the current one, and the previous one during a rotation. */
export function signingTokens(
  settings: Pick<VerifySettings, "twilioAuthToken" | "twilioAuthTokenPrevious">,
): [SigningToken, string][] {
  const { twilioAuthToken, twilioAuthTokenPrevious } = settings;
  return [
    ["current", twilioAuthToken],
    ...(twilioAuthTokenPrevious === null ? [] : ([["previous", twilioAuthTokenPrevious]] as const)),
  ] as [SigningToken, string][];
}

/** Twilio drops `user:password@` before it signs (a tunnel may ask for them). */
export function signedBase(baseUrl: string): string {
  return baseUrl.replace(/^(https?:\/\/)[^/]*@/i, "$1");
}

function isSigned(token: string, signature: string, url: string, params: WebhookParams): boolean {
  try {
    return twilio.validateRequest(token, signature, url, params);
  } catch {
    // The SDK throws on an address it cannot parse, which no Twilio request has.
    return false;
  }
}

/** A form as the signature needs it: every parameter, empty ones too, a repeated one as an array. */
export function readForm(body: string): WebhookParams {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((key) => {
      const values = form.getAll(key);
      return [key, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}
