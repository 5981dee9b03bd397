import { eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignValues, setCampaignCategories } from "#server/campaigns/campaign-values.ts";
import { lockCampaign } from "#server/campaigns/queries.ts";
import type { CampaignInput } from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Update = CampaignInput & { user: SignedInUser; id: number };

type Before = { name: string; variables: CampaignInput["variables"]; messageTwo: string | null };

/**
 * Rewrites a draft as a whole, and returns what it was. AppErrors `campaign.not_found`, `campaign.not_editable` once it is
 * no draft any more.
 */
export async function updateCampaign(
  db: Executor,
  { user, id, ...input }: Update,
): Promise<{ before: Before }> {
  return db.transaction(async (tx) => {
    const { status, name, contentVariables, message2 } = await lockCampaign(tx, { user, id });
    if (status !== "draft") throw new AppError("campaign.not_editable", { status });
    const values = await campaignValues(tx, input);
    await tx.update(campaigns).set(values).where(eq(campaigns.id, id));
    await setCampaignCategories(tx, { user, campaignId: id, categoryIds: input.categoryIds });
    return { before: { name, variables: contentVariables ?? {}, messageTwo: message2 } };
  });
}
