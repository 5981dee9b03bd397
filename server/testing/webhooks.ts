// Twilio's calls as it would make them: signed forms handed to the webhook.
import twilio from "twilio";
import type { Database } from "#db/client.ts";
import { makeEnv, makeLog, testAccountSid } from "#server/testing/factories.ts";
import { handleWebhook, type WebhookAnswer, type WebhookServices } from "#server/webhooks/handle-webhook.ts";

const origin = "https://relance.example.org";
const path = "/api/webhooks/twilio";

export type WebhookForm = Record<string, string | string[]>;

let count = 0;

/** What an inbound message of this number looks like; a SID of its own unless the fields name one. */
export function inboundForm(number: string, body: string, fields: WebhookForm = {}): WebhookForm {
  count += 1;
  return {
    AccountSid: testAccountSid,
    MessageSid: `SM${"b".repeat(24)}${String(count).padStart(8, "0")}`,
    From: `whatsapp:${number}`,
    To: "whatsapp:+14155238886",
    Body: body,
    NumMedia: "0",
    ...fields,
  };
}

/** What a status callback looks like. */
export function statusForm(sid: string, status: string, to: string, fields: WebhookForm = {}): WebhookForm {
  return {
    AccountSid: testAccountSid,
    MessageSid: sid,
    MessageStatus: status,
    From: "whatsapp:+14155238886",
    To: to,
    ...fields,
  };
}

export type PostOptions = {
  /** in place of the right one; null for none */
  signature?: string | null;
  query?: string;
  requestId?: string;
};

/** A webhook over this database: `post` signs and delivers a form, `log` keeps what was logged. */
export function webhookOf(db: Database, env: Record<string, string> = {}) {
  const log = makeLog();
  const services: WebhookServices = { db, env: makeEnv(env), log };
  const post = (form: WebhookForm, { query = "", ...options }: PostOptions = {}): Promise<WebhookAnswer> => {
    const rawUrl = path + query;
    const signature =
      options.signature === undefined
        ? twilio.getExpectedTwilioSignature(services.env.twilioAuthToken, origin + rawUrl, form)
        : options.signature;
    const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    return handleWebhook(services, {
      rawUrl,
      ip: "192.0.2.1",
      ...(options.requestId && { requestId: options.requestId }),
      signature,
      body: new URLSearchParams(pairs as [string, string][]).toString(),
    });
  };
  return { services, log, post };
}
