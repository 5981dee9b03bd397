import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignValues, setCampaignCategories } from "#server/campaigns/campaign-values.ts";
import type { CampaignInput } from "#server/domain/inputs.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/**
 * Creates a draft. Without a template it gets the default one (criterion 3.3). AppErrors `template.not_found`,
 * `category.not_found`.
 */
export async function createCampaign(
  db: Executor,
  { user, ...input }: CampaignInput & { user: SignedInUser },
): Promise<{ id: number }> {
  return db.transaction(async (tx) => {
    const values = await campaignValues(tx, input);
    const [created] = await tx
      .insert(campaigns)
      .values({ ...values, status: "draft", createdBy: user.id })
      .returning({ id: campaigns.id });
    if (!created) throw new Error("the campaign could not be stored");
    await setCampaignCategories(tx, { user, campaignId: created.id, categoryIds: input.categoryIds });
    return created;
  });
}
