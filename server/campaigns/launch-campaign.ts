import { eq, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows, type Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { checkVariables } from "#server/campaigns/check-variables.ts";
import { contentVariables, renderedText } from "#server/campaigns/recipient-values.ts";
import { exclusionReason, type RecipientRules, recipientsOf } from "#server/campaigns/recipients.ts";
import { canMoveCampaign } from "#server/domain/campaign-status.ts";
import { defaultLaunchOptions, type LaunchOptions } from "#server/domain/launch-options.ts";
import { templateVariableNames } from "#server/domain/template.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { nameRequest } from "#server/request-id.ts";
import { ensureSender, type SenderRow } from "#server/senders/ensure-sender.ts";

export type LaunchInput = {
  campaignId: number;
  env: Pick<Env, "twilioSandboxNumber" | "sendIntervalMs" | "sendConcurrency" | "sandboxMembershipHours">;
  /** whom to leave out, or not; for a scheduled campaign what was chosen then, unless given */
  options?: LaunchOptions;
  /** launch only what is scheduled and whose time has come; anything else answers `launched: false` */
  onlyWhenDue?: boolean;
};

export type Launch = { launched: boolean; recipients: number };

type CampaignRow = typeof campaigns.$inferSelect;

/**
 * Freezes the recipients and starts sending, in one transaction (engine.md 10). Pressing twice launches once: a campaign
 * that is on its way already answers `launched: false`. Errors: campaign.not_found, campaign.wrong_status,
 * campaign.no_recipients, campaign.variable_invalid, template.not_configured. Ownership is the caller's to check.
 */
export async function launchCampaign(db: Database, input: LaunchInput): Promise<Launch> {
  return db.transaction(async (tx) => {
    const sender = await ensureSender(tx, input.env);
    const [found] = await tx
      .select({ campaign: campaigns, due: sql<boolean>`${campaigns.scheduledAt} <= clock_timestamp()` })
      .from(campaigns)
      .where(eq(campaigns.id, input.campaignId))
      .for("update");
    if (!found || found.campaign.deletedAt) throw new AppError("campaign.not_found");
    const { campaign, due } = found;
    const status = campaign.status ?? "draft";
    if (input.onlyWhenDue && !(status === "scheduled" && due)) return { launched: false, recipients: 0 };
    if (input.onlyWhenDue) await nameRequest(tx, campaign.requestId);
    if (status === "sending" || status === "paused" || status === "completed") {
      return { launched: false, recipients: campaign.totalRecipients ?? 0 };
    }
    if (!canMoveCampaign(status, "launch")) throw new AppError("campaign.wrong_status", { status });
    const options = input.options ?? campaign.launchOptions ?? defaultLaunchOptions;
    const rules = { campaignId: campaign.id, options, membershipHours: input.env.sandboxMembershipHours };
    await requireLaunchable(tx, campaign, rules);
    const recipients = await freezeRecipients(tx, campaign, sender, rules);
    if (recipients === 0) throw new AppError("campaign.no_recipients");
    await tx
      .update(campaigns)
      .set({
        status: "sending",
        startedAt: sql`now()`,
        finishedAt: null,
        totalRecipients: recipients,
        launchOptions: { ...options, copyOf: campaign.launchOptions?.copyOf },
      })
      .where(eq(campaigns.id, campaign.id));
    await enqueue(tx, "drain_sender", { senderId: sender.id });
    return { launched: true, recipients };
  });
}

/** Refuses what no launch of this campaign could send. */
export async function requireLaunchable(
  db: Executor,
  campaign: Pick<CampaignRow, "id" | "contentSid" | "message1" | "contentVariables">,
  rules: RecipientRules,
): Promise<void> {
  if (!campaign.contentSid) throw new AppError("template.not_configured");
  await checkVariables(db, {
    body: campaign.message1,
    sources: campaign.contentVariables ?? {},
    recipients: sql`${recipientsOf(campaign.id)} and ${exclusionReason(rules)} is null`,
  });
}

/** One row per recipient; those who must not be sent to are `skipped` with the reason. Returns how many rows. */
async function freezeRecipients(
  tx: Transaction,
  campaign: CampaignRow,
  sender: SenderRow,
  rules: RecipientRules,
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
        ${exclusionReason(rules)} as reason
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
