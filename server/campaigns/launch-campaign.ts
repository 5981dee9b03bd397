import { eq, sql } from "drizzle-orm";
import { type Database, queryRows, type Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { checkVariables } from "#server/campaigns/check-variables.ts";
import { contentVariables, renderedText } from "#server/campaigns/recipient-values.ts";
import { canMoveCampaign } from "#server/domain/campaign-status.ts";
import { templateVariableNames } from "#server/domain/template.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { ensureSender, type SenderRow } from "#server/senders/ensure-sender.ts";

export type LaunchInput = {
  campaignId: number;
  env: Pick<Env, "twilioSandboxNumber" | "sendIntervalMs" | "sendConcurrency">;
  /** send also to those who are known to have left the sandbox */
  includeLeft?: boolean;
};

export type Launch = { launched: boolean; recipients: number };

type CampaignRow = typeof campaigns.$inferSelect;

/** Contacts `c` of the campaign's categories, each once whichever of them it is in. */
const recipientsOf = (campaignId: number) => sql`
  from contacts c
  where c.deleted_at is null and c.id in (
    select cc.contact_id from category_contacts cc
    join campaign_categories k on k.category_id = cc.category_id
    where k.campaign_id = ${campaignId})`;

/** Why contact `c` must not be sent to (engine.md 10), or NULL. */
const skipReason = (includeLeft: boolean) => sql`(case
  when c.flag is not null then 'contact_flagged'
  when c.opted_out_at is not null then 'opted_out'
  when not ${includeLeft}::boolean and c.sandbox_left_at is not null
    and (c.last_inbound_at is null or c.last_inbound_at <= c.sandbox_left_at) then 'not_in_sandbox'
end)`;

/**
 * Freezes the recipients and starts sending, in one transaction (engine.md 10). Pressing twice launches once: a campaign
 * that is on its way already answers `launched: false`. Errors: campaign.not_found, campaign.wrong_status,
 * campaign.no_recipients, campaign.variable_invalid, template.not_configured. Ownership is the caller's to check.
 */
export async function launchCampaign(db: Database, input: LaunchInput): Promise<Launch> {
  return db.transaction(async (tx) => {
    const sender = await ensureSender(tx, input.env);
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(eq(campaigns.id, input.campaignId))
      .for("update");
    if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
    const status = campaign.status ?? "draft";
    if (status === "sending" || status === "paused" || status === "completed") {
      return { launched: false, recipients: campaign.totalRecipients ?? 0 };
    }
    if (!canMoveCampaign(status, "launch")) throw new AppError("campaign.wrong_status", { status });
    if (!campaign.contentSid) throw new AppError("template.not_configured");
    const includeLeft = input.includeLeft ?? false;
    await checkVariables(tx, {
      body: campaign.message1,
      sources: campaign.contentVariables ?? {},
      recipients: sql`${recipientsOf(campaign.id)} and ${skipReason(includeLeft)} is null`,
    });
    const recipients = await freezeRecipients(tx, campaign, sender, includeLeft);
    if (recipients === 0) throw new AppError("campaign.no_recipients");
    await tx
      .update(campaigns)
      .set({ status: "sending", startedAt: sql`now()`, finishedAt: null, totalRecipients: recipients })
      .where(eq(campaigns.id, campaign.id));
    await enqueue(tx, "drain_sender", { senderId: sender.id });
    return { launched: true, recipients };
  });
}

/** One row per recipient; those who must not be sent to are `skipped` with the reason. Returns how many rows. */
async function freezeRecipients(
  tx: Transaction,
  campaign: CampaignRow,
  sender: SenderRow,
  includeLeft: boolean,
): Promise<number> {
  const sources = campaign.contentVariables ?? {};
  const names = templateVariableNames(campaign.message1);
  const [inserted] = await queryRows<{ count: number }>(
    tx,
    sql`
    with frozen as (
      select c.id, 'whatsapp:' || c.full_number as address,
        ${renderedText(campaign.message1, sources)} as content,
        ${contentVariables(names, sources)} as variables,
        ${skipReason(includeLeft)} as reason
      ${recipientsOf(campaign.id)}
      -- a contact deleted at this very moment is no recipient, instead of breaking the launch for all
      for key share of c
    ), inserted as (
      insert into messages (campaign_id, contact_id, message_type, content, status, reason, sender_id, to_address,
        from_address, content_sid, content_variables, dedupe_key, priority, next_attempt_at, created_by)
      select ${campaign.id}::int, id, 'message_1', content, case when reason is null then 'pending' else 'skipped' end,
        reason, ${sender.id}::int, address, ${sender.address}::text, ${campaign.contentSid}::text, variables,
        'm1:' || ${campaign.id}::int || ':' || id, 2, case when reason is null then now() end,
        ${campaign.createdBy}::int
      from frozen order by id
      returning 1)
    select count(*)::int as count from inserted`,
  );
  return inserted?.count ?? 0;
}
