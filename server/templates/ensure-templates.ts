import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { campaigns, templates } from "#db/schema/campaigns.ts";
import type { Env } from "#server/env.ts";
import { defaultTemplate, sandboxTemplates } from "#server/templates/known-templates.ts";
import { lockTemplates } from "#server/templates/lock-templates.ts";

/**
 * Makes sure of the templates every installation has: the default one (criterion 3.3) with the SID of
 * TWILIO_DEFAULT_CONTENT_SID, or none while that is not set, and those of the sandbox. What a sync learnt of them stays.
 * Called by every process at its start.
 */
export async function ensureTemplates(db: Executor, env: Pick<Env, "defaultContentSid">): Promise<void> {
  await db.transaction(async (tx) => {
    await lockTemplates(tx);
    await ensureDefault(tx, env.defaultContentSid);
    await tx
      .insert(templates)
      .values(
        sandboxTemplates.map((template) => ({ ...template, source: "sandbox" as const, language: "en" })),
      )
      .onConflictDoNothing({ target: templates.contentSid });
  });
}

async function ensureDefault(tx: Transaction, contentSid: string | null): Promise<void> {
  const [current] = await tx.select().from(templates).where(eq(templates.isDefault, true)).limit(1);
  if (current && current.contentSid === contentSid) return;
  if (contentSid) {
    // the same template, met before as one of the account's or the sandbox's
    await tx
      .delete(templates)
      .where(and(eq(templates.contentSid, contentSid), ne(templates.id, current?.id ?? 0)));
  }
  const values = { ...defaultTemplate, contentSid, approvalStatus: null, syncedAt: null, removedAt: null };
  if (current) await tx.update(templates).set(values).where(eq(templates.id, current.id));
  else await tx.insert(templates).values({ ...values, source: "default", isDefault: true, language: "en" });
  await tx
    .update(campaigns)
    .set({ contentSid })
    .where(
      and(
        eq(campaigns.status, "draft"),
        eq(campaigns.templateName, defaultTemplate.name),
        current?.contentSid ? eq(campaigns.contentSid, current.contentSid) : isNull(campaigns.contentSid),
        sql`${campaigns.contentVariables} is not null`,
      ),
    );
}
