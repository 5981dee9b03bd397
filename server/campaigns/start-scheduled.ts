import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { type LaunchInput, launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { campaignMoves } from "#server/domain/campaign-status.ts";
import { AppError } from "#server/errors.ts";

/**
 * Launches the scheduled campaigns whose time has come, by the database's clock. One whose launch is refused (its
 * template is gone, nobody is left to send to) is `failed` with the refusal as its reason, and can be made a draft
 * again. Returns how many started. Several workers may do it at once: a launch happens once.
 */
export async function startScheduled(db: Database, env: LaunchInput["env"]): Promise<number> {
  const isDue = and(
    eq(campaigns.status, "scheduled"),
    sql`${campaigns.scheduledAt} <= clock_timestamp()`,
    isNull(campaigns.deletedAt),
  );
  const due = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(isDue)
    .orderBy(campaigns.scheduledAt);
  let started = 0;
  const bugs: unknown[] = [];
  for (const { id } of due) {
    try {
      const { launched } = await launchCampaign(db, { campaignId: id, env, onlyWhenDue: true });
      if (launched) started += 1;
    } catch (error) {
      if (error instanceof AppError) {
        await db
          .update(campaigns)
          .set({ status: campaignMoves.failToStart.to, stopReason: error.code, finishedAt: sql`now()` })
          .where(and(eq(campaigns.id, id), isDue));
      } else bugs.push(error);
    }
  }
  if (bugs.length > 0) throw new AggregateError(bugs, "scheduled campaigns could not be started");
  return started;
}
