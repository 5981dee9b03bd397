// Hits of the webhook as the super admin finds them: one refused, with its diagnosis, and one with everything in it.
import type { Database } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";

export type HitStory = { refusedHitId: number; inboundHitId: number };

const account = `AC${"5".repeat(32)}`;
const headers = {
  host: "relance.example.org",
  "user-agent": "TwilioProxy/1.1",
  "content-type": "application/x-www-form-urlencoded; charset=utf-8",
  "x-forwarded-proto": "https",
  "x-forwarded-for": "54.172.60.1",
  "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
};

export async function makeHits(db: Database): Promise<HitStory> {
  const params = {
    AccountSid: account,
    MessageSid: `SM${"4".repeat(32)}`,
    From: "whatsapp:+33639980001",
    To: "whatsapp:+14155238886",
    ProfileName: "Élodie 🙏",
    Body: "<b>Oui</b>, rappelez-moi au 06 39 98 00 01\n\nمرحبا",
    ChannelMetadata: JSON.stringify({ type: "whatsapp", data: { context: { ProfileName: "Élodie" } } }),
  };
  const rawBody = new URLSearchParams(params).toString();
  const common = {
    headers,
    rawBody,
    bodyBytes: rawBody.length,
    ip: "54.172.60.1",
    messageSid: params.MessageSid,
  };
  const [refused, inbound] = await db
    .insert(webhookEvents)
    .values([
      {
        ...common,
        kind: "inbound",
        verdict: "refused",
        diagnosis: "wrong_signature",
        match: {
          signedUrl: "http://relance-de-notre-association.ngrok-free.app/api/webhooks/twilio/",
          expectedUrl: "https://relance.example.org/api/webhooks/twilio",
          differences: ["scheme", "host", "slash"],
          token: "previous",
          body: "as_received",
        },
        url: "/api/webhooks/twilio",
        bodyBytes: 60_000,
        params: {},
      },
      {
        ...common,
        kind: "inbound",
        verdict: "accepted",
        url: "/api/webhooks/twilio?attempt=7c1e8b2a-0000-4000-8000-000000000001",
        params,
        appliedAt: new Date(),
        result: "window_closed",
      },
    ])
    .returning({ id: webhookEvents.id });
  if (!refused || !inbound) throw new Error("the hits could not be stored");
  return { refusedHitId: refused.id, inboundHitId: inbound.id };
}
