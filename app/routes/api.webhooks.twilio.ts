// Twilio's webhook: inbound messages and status callbacks. The previous system had it at this very address.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { readBody } from "#app/lib/read-body.server.ts";
import { handleWebhook } from "#server/webhooks/handle-webhook.ts";
import { refuseHit } from "#server/webhooks/refuse-hit.ts";
import { tellingHeaders, type WebhookRequest } from "#server/webhooks/store-hit.ts";

const bodyLimit = 64 * 1024;

export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { request, context } = args;
  if (request.method !== "POST") return methodNotAllowed(args);
  const body = await readBody(request, bodyLimit);
  if (body === null) {
    await refuseHit(context.services, hitOf(args, ""), "too_large");
    return new Response(null, { status: 413, headers: { Connection: "close" } });
  }
  const answer = await handleWebhook(context.services, hitOf(args, body));
  return new Response(answer.body, { status: answer.status, headers: { "Content-Type": "text/xml" } });
}

export function loader(args: LoaderFunctionArgs): Promise<Response> {
  return methodNotAllowed(args);
}

/** Twilio calls by GET where its settings say so: worth keeping, with what has to be changed. */
async function methodNotAllowed(args: LoaderFunctionArgs): Promise<Response> {
  await refuseHit(args.context.services, hitOf(args, ""), "wrong_method");
  return new Response(null, { status: 405, headers: { Allow: "POST" } });
}

function hitOf({ request, context }: LoaderFunctionArgs, body: string): WebhookRequest {
  const told = tellingHeaders.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    rawUrl: context.rawUrl,
    method: request.method,
    ip: context.ip,
    requestId: context.requestId,
    signature: request.headers.get("x-twilio-signature"),
    headers: Object.fromEntries(told),
    body,
  };
}
