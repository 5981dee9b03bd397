import twilio from "twilio";
import { readForm, signedBase } from "#server/twilio/verify-webhook.ts";

/**
 * The headers and the body with which Twilio would post these fields to `url`; the signature leaves out its user and
 * password.
 */
export function signWebhook(
  token: string,
  url: string,
  fields: Record<string, string>,
): { headers: Record<string, string>; body: string } {
  const body = new URLSearchParams(fields).toString();
  const signature = twilio.getExpectedTwilioSignature(token, signedBase(url), readForm(body));
  return {
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
    body,
  };
}
