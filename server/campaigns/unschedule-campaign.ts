import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { AppError } from "#server/errors.ts";

/**
 * Makes a scheduled campaign, or one that could not start, a draft again; the choices of its launch are forgotten.
 * AppErrors campaign.not_found, campaign.wrong_status, campaign.already_started (it has recipients).
 */
export async function unscheduleCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "unschedule", async (tx, campaign) => {
    if (campaign.startedAt) throw new AppError("campaign.already_started");
    const copyOf = campaign.launchOptions?.copyOf;
    const launchOptions = copyOf === undefined ? null : { ...defaultLaunchOptions, copyOf };
    await tx
      .update(campaigns)
      .set({ scheduledAt: null, launchOptions, finishedAt: null })
      .where(eq(campaigns.id, input.campaignId));
  });
}
