import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { categories } from "#db/schema/contacts.ts";
import { lockCampaign } from "#server/campaigns/queries.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const nameLength = 255;

/** In French, as it stands in a column people read. */
const suffix = " (copie)";

type Duplication = { user: SignedInUser; id: number };

/**
 * A draft of the user's own with the messages, variables and categories of a campaign, and nothing of what happened to it.
 * The copy of one that did not reach all, stopped or taken over, leaves out by default those it did (engine.md 10). A category that is not the user's (any more) stays behind. AppError `campaign.not_found`.
 */
export async function duplicateCampaign(tx: Transaction, { user, id }: Duplication): Promise<{ id: number }> {
  const { name, status } = await lockCampaign(tx, { user, id });
  const content = {
    message1: campaigns.message1,
    message2: campaigns.message2,
    templateName: campaigns.templateName,
    contentSid: campaigns.contentSid,
    contentVariables: campaigns.contentVariables,
  };
  const [original] = await tx.select(content).from(campaigns).where(eq(campaigns.id, id));
  if (!original) throw new Error("the campaign was locked and is gone");
  const [copy] = await tx
    .insert(campaigns)
    .values({
      ...original,
      name: `${name.slice(0, nameLength - suffix.length)}${suffix}`,
      status: "draft",
      createdBy: user.id,
      launchOptions: {
        ...defaultLaunchOptions,
        excludeReached: status === "paused" || status === "cancelled",
        copyOf: id,
      },
    })
    .returning({ id: campaigns.id });
  if (!copy) throw new Error("the copy could not be stored");
  const targets = await tx
    .select({ categoryId: categories.id })
    .from(categories)
    .where(
      and(
        inArray(
          categories.id,
          tx
            .select({ id: campaignCategories.categoryId })
            .from(campaignCategories)
            .where(eq(campaignCategories.campaignId, id)),
        ),
        ownedBy(user, categories.createdBy),
      ),
    );
  if (targets.length > 0) {
    await tx
      .insert(campaignCategories)
      .values(targets.map(({ categoryId }) => ({ categoryId, campaignId: copy.id })));
  }
  return copy;
}
