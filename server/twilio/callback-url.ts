// The addresses Twilio calls. What is in them is signed with the rest.

export const webhookPath = "/api/webhooks/twilio";

/**
 * `<base>/api/webhooks/twilio?attempt=<uuid>#rc=5&rp=all`. The fragment is for Twilio alone (Connection Overrides): five
 * retries, also after a 5xx, where the default is one, after a failed connection.
 */
export function callbackUrl(baseUrl: string, attemptId: string): string {
  return `${baseUrl}${webhookPath}?attempt=${attemptId}#rc=5&rp=all`;
}
