import type { Database } from "#db/client.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";
import { signedBase } from "#server/twilio/verify-webhook.ts";
import { sendTestHit } from "#server/webhooks/send-test-hit.ts";

/** A round trip: a signed hit goes out to the public address and has to come back into this database. */
export async function checkPublicAddress(
  { settings, patienceMs }: DoctorContext,
  db: Database,
): Promise<Finding> {
  const { webhookBaseUrl, twilioAccountSid, twilioAuthToken } = settings;
  if (!webhookBaseUrl || !twilioAccountSid || !twilioAuthToken) {
    const list = "TWILIO_WEBHOOK_BASE_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN";
    return unknown("needs_variables", { list });
  }
  const url = signedBase(webhookBaseUrl);
  // allowed for the simulator alone, which runs beside us
  if (url.startsWith("http:") && !settings.twilioApiBaseUrl) return red("local_only", { url });
  const hit = await sendTestHit(db, { webhookBaseUrl, twilioAccountSid, twilioAuthToken }, patienceMs * 0.8);
  const facts = { url, reason: hit.reason, status: hit.httpStatus, event: hit.eventId };
  return hit.problem ? red(hit.problem, facts) : green("ok", { ...facts, milliseconds: hit.milliseconds });
}
