// Whether a hit really comes from Twilio (criteria 4.1 and 12.5; https://www.twilio.com/docs/usage/security).
import twilio from "twilio";
import type { Env } from "#server/env.ts";

export type WebhookParams = Record<string, string | string[]>;

export type Verification =
  | { ok: true; params: WebhookParams }
  | { ok: false; params: WebhookParams; diagnosis: WebhookRefusal };

export type WebhookRefusal = "unsigned" | "wrong_signature" | "wrong_account";

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
  const params = parseForm(hit.body);
  if (!hit.signature) return { ok: false, params, diagnosis: "unsigned" };
  const url = settings.webhookBaseUrl + hit.rawUrl;
  const tokens = [settings.twilioAuthToken, settings.twilioAuthTokenPrevious].filter(
    (token) => token !== null,
  );
  const signature = hit.signature;
  if (!tokens.some((token) => isSigned(token, signature, url, params))) {
    return { ok: false, params, diagnosis: "wrong_signature" };
  }
  if (params.AccountSid !== settings.twilioAccountSid)
    return { ok: false, params, diagnosis: "wrong_account" };
  return { ok: true, params };
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
function parseForm(body: string): WebhookParams {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((key) => {
      const values = form.getAll(key);
      return [key, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}
