import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { lockCampaign } from "#server/campaigns/queries.ts";
import { canArchive } from "#server/domain/campaign-status.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Archiving = { user: SignedInUser; id: number; archived: boolean };

/**
 * Puts a campaign that is over out of the list, or back into it; nothing else of it changes. AppErrors
 * `campaign.not_found`, `campaign.not_archivable` while there is something left to do with it.
 */
export async function archiveCampaign(tx: Transaction, { user, id, archived }: Archiving): Promise<void> {
  const { status } = await lockCampaign(tx, { user, id });
  if (archived && !canArchive(status)) throw new AppError("campaign.not_archivable", { status });
  await tx
    .update(campaigns)
    .set({ archivedAt: archived ? sql`coalesce(${campaigns.archivedAt}, now())` : null })
    .where(eq(campaigns.id, id));
}
