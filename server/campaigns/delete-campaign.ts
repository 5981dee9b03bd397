import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { cancelPending } from "#server/campaigns/cancel-campaign.ts";
import { lockCampaign } from "#server/campaigns/queries.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Deletion = { user: SignedInUser; id: number };
type Deleted = { before: { name: string; status: CampaignStatus } };

/** Still at work, or may be again: to be cancelled first. */
const atWork: readonly CampaignStatus[] = ["sending", "paused"];

/**
 * Deletes a campaign. One with messages or answers is only marked: the foreign keys cascade and would erase the ledger.
 * AppErrors `campaign.not_found`, `campaign.not_deletable` while it is sending or paused.
 */
export async function deleteCampaign(db: Executor, { user, id }: Deletion): Promise<Deleted> {
  return db.transaction(async (tx) => {
    const before = await lockCampaign(tx, { user, id });
    if (atWork.includes(before.status))
      throw new AppError("campaign.not_deletable", { status: before.status });
    const [traces] = await tx
      .select({
        any: sql<boolean>`exists (select from ${messages} where ${messages.campaignId} = ${id})
          or exists (select from ${interactions} where ${interactions.campaignId} = ${id})`,
      })
      .from(sql`(select 1) as one`);
    if (traces?.any) {
      // No claim looks at a deleted campaign: what still waits (a test, a Message 2) would wait for ever.
      await cancelPending(tx, id);
      await tx.update(campaigns).set({ deletedAt: sql`now()` }).where(eq(campaigns.id, id));
    } else await tx.delete(campaigns).where(eq(campaigns.id, id));
    return { before };
  });
}
