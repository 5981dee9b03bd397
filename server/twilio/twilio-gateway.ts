// The gateway with the official SDK (criterion 2.1). The SDK's network errors carry the credentials: none leaves here.
import twilio from "twilio";
import { type AttemptFinding, unreachableReasons } from "#server/domain/failures.ts";
import type { Env } from "#server/env.ts";
import { callbackUrl } from "#server/twilio/callback-url.ts";
import { createTwilioClient, type TwilioSettings } from "#server/twilio/client.ts";
import {
  GatewayError,
  type RemoteMessage,
  type SendRequest,
  type SendResult,
  type WhatsAppGateway,
} from "#server/twilio/gateway.ts";
import { listTemplates } from "#server/twilio/list-templates.ts";

type GatewaySettings = TwilioSettings & Pick<Env, "webhookBaseUrl">;
type SdkMessage = Awaited<ReturnType<twilio.Twilio["messages"]["list"]>>[number];

/** Wires the gateway to Twilio, or to the simulator when TWILIO_API_BASE_URL is set (criterion 1.4). */
export function createTwilioGateway(settings: GatewaySettings): WhatsAppGateway {
  const client = createTwilioClient(settings);
  return {
    send: (request) => send(client, settings.webhookBaseUrl, request),
    findSent: ({ to, from, since }) =>
      asked(async () => {
        const found = await client.messages.list({ to, from, pageSize: 100, limit: 500 });
        return found.map(remoteMessage).filter((m) => m.createdAt >= since && m.direction !== "inbound");
      }),
    findReceived: ({ to, since }) =>
      asked(async () => {
        const found = await client.messages.list({ to, dateSentAfter: since, pageSize: 200, limit: 2000 });
        return found.map(remoteMessage).filter((m) => m.createdAt >= since && m.direction === "inbound");
      }),
    fetchMessage: (sid) => fetchMessage(client, sid),
    listTemplates: () => asked(() => listTemplates(client)),
    fetchAccount: () =>
      asked(async () => {
        const account = await client.api.v2010.accounts(settings.twilioAccountSid).fetch();
        return { type: account.type, status: account.status, name: account.friendlyName };
      }),
  };
}

async function send(client: twilio.Twilio, baseUrl: string, request: SendRequest): Promise<SendResult> {
  const content = request.contentSid
    ? {
        contentSid: request.contentSid,
        ...(request.contentVariables && { contentVariables: JSON.stringify(request.contentVariables) }),
      }
    : { body: request.content };
  try {
    const message = await client.messages.create({
      to: request.to,
      from: request.from,
      statusCallback: callbackUrl(baseUrl, request.attemptId),
      ...content,
    });
    // The type promises a SID; a proxy's 201 does not. Without it the message cannot be told from others.
    return message.sid
      ? { kind: "accepted", sid: message.sid, httpStatus: 201 }
      : { kind: "unknown", httpStatus: 201, message: "no_sid" satisfies AttemptFinding };
  } catch (error) {
    return sendFailure(error);
  }
}

async function fetchMessage(client: twilio.Twilio, sid: string): Promise<RemoteMessage | null> {
  try {
    return await asked(async () => remoteMessage(await client.messages(sid).fetch()));
  } catch (error) {
    if (error instanceof GatewayError && error.httpStatus === 404) return null;
    throw error;
  }
}

/** Everything else that is no answer leaves us uncertain. */
const unreachable = new Set<string>(unreachableReasons);

/**
 * What a failed create call tells (twilio-facts: a 4xx is synchronous, nothing queued; a create is not idempotent, so
 * after a 5xx, a timeout or a cut connection the message may exist).
 */
function sendFailure(error: unknown): SendResult {
  if (error instanceof twilio.RestException) {
    const message = error.message;
    if (error.status >= 400 && error.status < 500 && error.status !== 408) {
      return { kind: "refused", httpStatus: error.status, code: error.code ?? codeOf(error.status), message };
    }
    return { kind: "unknown", httpStatus: error.status, message };
  }
  const reason = networkReason(error);
  return unreachable.has(reason)
    ? { kind: "unreachable", message: reason }
    : { kind: "unknown", httpStatus: null, message: reason };
}

function codeOf(httpStatus: number): number | null {
  return { 401: 20003, 403: 20003, 404: 20404, 429: 20429 }[httpStatus] ?? null;
}

function networkReason(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? code : String(message ?? "unknown").slice(0, 200);
}

async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof twilio.RestException) {
      throw new GatewayError(error.message, error.status, error.code ?? codeOf(error.status));
    }
    throw new GatewayError(networkReason(error), null, null);
  }
}

function remoteMessage(message: SdkMessage): RemoteMessage {
  return {
    sid: message.sid,
    from: message.from,
    to: message.to,
    body: message.body ?? "",
    status: message.status,
    direction: message.direction,
    errorCode: message.errorCode || null,
    errorMessage: message.errorMessage || null,
    createdAt: message.dateCreated,
    numMedia: Number(message.numMedia ?? 0),
  };
}
