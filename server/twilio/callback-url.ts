// The address Twilio calls about one attempt. The uuid in it is signed with the rest of the URL.
export const webhookPath = "/api/webhooks/twilio";

/**
 * `<base>/api/webhooks/twilio?attempt=<uuid>#rc=5&rp=all`. The fragment is for Twilio alone (Connection Overrides): five
 * retries, also after a 5xx, where the default is one, after a failed connection.
 */
export function callbackUrl(baseUrl: string, attemptId: string): string {
  return `${baseUrl}${webhookPath}?attempt=${attemptId}#rc=5&rp=all`;
}
