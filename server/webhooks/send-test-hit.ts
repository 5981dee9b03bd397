// A webhook of our own that takes Twilio's way: signed, to the public address, through whatever stands before us.
import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import type { Env } from "#server/env.ts";
import { webhookPath } from "#server/twilio/callback-url.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";
import { signedBase } from "#server/twilio/verify-webhook.ts";
import { testParameter } from "#server/twilio/webhook-inputs.ts";
import type { TestHitResult } from "#server/webhooks/views.ts";

export type TestHitSettings = Pick<Env, "webhookBaseUrl" | "twilioAccountSid" | "twilioAuthToken">;

/** As long as Twilio waits (Connection Overrides: 15 s in all). */
const patienceMs = 15_000;
const errorTextLength = 100;

/**
 * Posts a signed hit with a nonce to the public address and looks for it among the stored ones. Never throws what the
 * way there throws: `problem` says what went wrong, `event` which hit of this database it became.
 */
export async function sendTestHit(
  db: Database,
  settings: TestHitSettings,
  patience: number = patienceMs,
): Promise<TestHitResult> {
  const nonce = randomUUID();
  const url = settings.webhookBaseUrl + webhookPath;
  const startedAt = performance.now();
  const answer = await post(url, settings, { nonce, patience });
  const milliseconds = Math.round(performance.now() - startedAt);
  const [event] = await db
    .select({ id: webhookEvents.id, verdict: webhookEvents.verdict, diagnosis: webhookEvents.diagnosis })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.messageSid, nonce), eq(webhookEvents.kind, "test")))
    .orderBy(desc(webhookEvents.id))
    .limit(1);
  const result = { url: signedBase(url), milliseconds, ...answer, eventId: event?.id ?? null };
  return { ...result, problem: problemOf(answer, event ?? null) };
}

type Answer = { httpStatus: number | null; reason: string | null };
type Found = { verdict: string; diagnosis: string | null };

async function post(
  url: string,
  { twilioAccountSid, twilioAuthToken }: TestHitSettings,
  { nonce, patience }: { nonce: string; patience: number },
): Promise<Answer> {
  const fields = { AccountSid: twilioAccountSid, [testParameter]: nonce };
  const { headers, body } = signWebhook(twilioAuthToken, url, fields);
  const { username, password } = new URL(url);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    "base64",
  );
  try {
    const response = await fetch(signedBase(url), {
      method: "POST",
      headers: {
        ...headers,
        "user-agent": "Relance (test)",
        ...(username && { authorization: `Basic ${basic}` }),
      },
      body,
      // Twilio's POST would become a GET
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    return { httpStatus: response.status, reason: reasonOf(response) };
  } catch (error) {
    return { httpStatus: null, reason: networkReason(error) };
  }
}

/** What the one who answered says of it: where it leads elsewhere, or the tunnel's own code. */
function reasonOf(response: Response): string | null {
  const said = response.headers.get("location") ?? response.headers.get("ngrok-error-code");
  return said?.slice(0, errorTextLength) ?? null;
}

function networkReason(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "ETIMEDOUT";
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return (typeof code === "string" ? code : String(message ?? "unknown")).slice(0, errorTextLength);
}

function problemOf({ httpStatus, reason }: Answer, event: Found | null): TestHitResult["problem"] {
  if (httpStatus === null) {
    if (reason === "ENOTFOUND" || reason === "EAI_AGAIN") return "unknown_host";
    if (reason === "ETIMEDOUT") return "timeout";
    return /CERT|SSL|TLS|SIGNATURE/i.test(reason ?? "") ? "certificate" : "unreachable";
  }
  if (httpStatus >= 300 && httpStatus < 400) return "redirected";
  if (event?.verdict === "refused") return "refused_here";
  if (httpStatus === 200) return event ? null : "stored_elsewhere";
  if (httpStatus === 403) return "refused_elsewhere";
  return httpStatus >= 500 || reason?.startsWith("ERR_NGROK") ? "nobody_behind" : "not_relance";
}
