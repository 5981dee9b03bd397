// Pause, resume and cancel: each a compare-and-set on the table of campaign-status.ts. The campaign's row is locked FOR
// UPDATE, which a claim's FOR KEY SHARE respects: when the command has returned, no claim of before it is left to commit.
import { eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { type CampaignCommand, campaignMoves, canMoveCampaign } from "#server/domain/campaign-status.ts";
import { AppError } from "#server/errors.ts";

type CampaignRow = typeof campaigns.$inferSelect;

export type CommandInput = { campaignId: number };

/** Runs `command` and, in the same transaction, what belongs to it. Throws campaign.not_found or campaign.wrong_status. */
export async function commandCampaign(
  db: Database,
  { campaignId }: CommandInput,
  command: CampaignCommand,
  alsoDo: (tx: Transaction, campaign: CampaignRow) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
    if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
    const status = campaign.status ?? "draft";
    if (!canMoveCampaign(status, command)) throw new AppError("campaign.wrong_status", { status });
    await tx
      .update(campaigns)
      .set({
        status: campaignMoves[command].to,
        stopReason: null,
        stopCode: null,
        ...(command === "cancel" && { finishedAt: sql`now()` }),
        ...(command === "resume" && { failureStreak: 0, failureStreakCode: null }),
      })
      .where(eq(campaigns.id, campaignId));
    await alsoDo(tx, campaign);
  });
}
