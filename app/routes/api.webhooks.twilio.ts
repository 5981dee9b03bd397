// Twilio's webhook: inbound messages and status callbacks. The previous system had it at this very address.
import type { ActionFunctionArgs } from "@remix-run/node";
import { readBody } from "#app/lib/read-body.server.ts";
import { handleWebhook } from "#server/webhooks/handle-webhook.ts";

const bodyLimit = 64 * 1024;

export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return methodNotAllowed();
  const body = await readBody(request, bodyLimit);
  if (body === null) return new Response(null, { status: 413, headers: { Connection: "close" } });
  const answer = await handleWebhook(context.services, {
    rawUrl: context.rawUrl,
    ip: context.ip,
    signature: request.headers.get("x-twilio-signature"),
    body,
  });
  return new Response(answer.body, { status: answer.status, headers: { "Content-Type": "text/xml" } });
}

export function loader(): Response {
  return methodNotAllowed();
}

function methodNotAllowed(): Response {
  return new Response(null, { status: 405, headers: { Allow: "POST" } });
}
