// The account's content templates, as the Content API lists them.
import type twilio from "twilio";
import type { RemoteTemplate } from "#server/twilio/gateway.ts";

/** Every template that has a text, with its WhatsApp approval (GET /v2/ContentAndApprovals). */
export async function listTemplates(client: twilio.Twilio): Promise<RemoteTemplate[]> {
  const contents = await client.content.v2.contentAndApprovals.list({ pageSize: 100, limit: 2000 });
  return contents.flatMap((content) => {
    const body = bodyOf(content.types);
    if (body === null) return [];
    const approval = (content.approvalRequests ?? {}) as { status?: unknown };
    return [
      {
        sid: content.sid,
        name: content.friendlyName,
        body,
        variables: textValues(content.variables),
        language: content.language || null,
        approvalStatus: typeof approval.status === "string" ? approval.status : null,
      },
    ];
  });
}

function bodyOf(types: unknown): string | null {
  for (const type of Object.values((types ?? {}) as Record<string, unknown>)) {
    const body = (type as { body?: unknown } | null)?.body;
    if (typeof body === "string" && body !== "") return body;
  }
  return null;
}

function textValues(variables: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((variables ?? {}) as object).map(([key, value]) => [key, String(value)]),
  );
}
