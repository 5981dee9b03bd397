import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { templates } from "#db/schema/campaigns.ts";
import { AppError } from "#server/errors.ts";
import { lockTemplates } from "#server/templates/lock-templates.ts";
import type { SyncResult } from "#server/templates/views.ts";
import { GatewayError, type RemoteTemplate, type WhatsAppGateway } from "#server/twilio/gateway.ts";

/**
 * Takes over what the account's Content API lists: new ones are added, known ones (the default and the sandbox's too)
 * get Twilio's text, and the account's own that are gone are marked as removed. AppError `template.sync_failed` with
 * Twilio's code and status in its meta when Twilio does not answer.
 */
export async function syncTemplates(
  db: Database,
  gateway: Pick<WhatsAppGateway, "listTemplates">,
): Promise<SyncResult> {
  const remote = await listRemote(gateway);
  return db.transaction(async (tx) => {
    await lockTemplates(tx);
    const taken = { added: 0, updated: 0, unchanged: 0 };
    for (const template of remote) taken[await take(tx, template)] += 1;
    const gone = await tx
      .update(templates)
      .set({ removedAt: sql`now()` })
      .where(
        and(
          eq(templates.source, "account"),
          isNull(templates.removedAt),
          notInArray(
            templates.contentSid,
            remote.map(({ sid }) => sid),
          ),
        ),
      )
      .returning({ id: templates.id });
    return { added: taken.added, updated: taken.updated, removed: gone.length };
  });
}

async function listRemote(gateway: Pick<WhatsAppGateway, "listTemplates">): Promise<RemoteTemplate[]> {
  try {
    return await gateway.listTemplates();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new AppError("template.sync_failed", { code: error.code, httpStatus: error.httpStatus });
  }
}

async function take(tx: Transaction, remote: RemoteTemplate): Promise<"added" | "updated" | "unchanged"> {
  const [known] = await tx.select().from(templates).where(eq(templates.contentSid, remote.sid));
  const { sid: contentSid, name, body, variables, language, approvalStatus } = remote;
  const values = { body, variables, language, approvalStatus, syncedAt: sql`now()`, removedAt: null };
  if (!known) {
    await tx.insert(templates).values({ ...values, contentSid, name, source: "account" });
    return "added";
  }
  const named = known.source === "account" ? { ...values, name } : values;
  await tx.update(templates).set(named).where(eq(templates.id, known.id));
  if (known.removedAt) return "added";
  const isSame =
    known.body === body &&
    known.language === language &&
    known.approvalStatus === approvalStatus &&
    (known.source !== "account" || known.name === name) &&
    sameVariables(known.variables, variables);
  return isSame ? "unchanged" : "updated";
}

function sameVariables(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
