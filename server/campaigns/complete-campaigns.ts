import { and, eq, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import type { CampaignStopReason } from "#server/domain/failures.ts";
import { catalogueEntry } from "#server/twilio/error-catalogue.ts";

/**
 * Completes every sending campaign whose Message 1 are all settled (engine.md 10; criterion 6.6). One that could send
 * nothing at all for a reason of its own (template gone, sender refused) is `failed` and keeps that code. Returns how
 * many ended.
 */
export async function completeCampaigns(db: Database): Promise<number> {
  const settled = await queryRows<{ id: number }>(
    db,
    sql`
    select c.id from campaigns c where c.status = 'sending' and not ${hasUnsettled(sql`c.id`)}`,
  );
  let ended = 0;
  for (const { id } of settled) if (await completeCampaign(db, id)) ended += 1;
  return ended;
}

const hasUnsettled = (campaignId: ReturnType<typeof sql>) => sql`exists (
  select from messages m where m.campaign_id = ${campaignId} and m.message_type = 'message_1'
    and m.status in ('pending', 'sending', 'uncertain'))`;

async function completeCampaign(db: Database, id: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    // The lock first, the question after: its snapshot then sees what a late callback reopened.
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(and(eq(campaigns.id, id), eq(campaigns.status, "sending")))
      .for("no key update");
    if (!campaign) return false;
    const [unsettled] = await queryRows<{ yes: boolean }>(
      tx,
      sql`select ${hasUnsettled(sql`${id}::int`)} as yes`,
    );
    if (unsettled?.yes) return false;
    const failed = campaign.failedCount ?? 0;
    const reason = failed > 0 && (campaign.sentCount ?? 0) === 0 ? await commonReason(tx, id) : null;
    await tx
      .update(campaigns)
      .set({
        status: reason ? "failed" : "completed",
        finishedAt: sql`now()`,
        ...(reason && { stopReason: "all_refused" satisfies CampaignStopReason, stopCode: reason.code }),
      })
      .where(eq(campaigns.id, id));
    return true;
  });
}

/** The code by which every Message 1 failed, when it is not about the recipients; null otherwise. */
async function commonReason(tx: Executor, id: number): Promise<{ code: number } | null> {
  const codes = await queryRows<{ error_code: number | null }>(
    tx,
    sql`
    select distinct error_code from messages
    where campaign_id = ${id} and message_type = 'message_1' and status = 'failed' limit 2`,
  );
  const code = codes.length === 1 ? codes[0]?.error_code : null;
  return code && catalogueEntry(code).class !== "recipient" ? { code } : null;
}
