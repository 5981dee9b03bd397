import { eq, sql } from "drizzle-orm";
import type { Database, Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { currentRequest } from "#db/schema/columns.ts";
import { requireLaunchable } from "#server/campaigns/launch-campaign.ts";
import { canMoveCampaign } from "#server/domain/campaign-status.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";

export type ScheduleInput = {
  campaignId: number;
  /** `2026-12-24` and `09:30`, in the display time zone */
  date: string;
  time: string;
  options: LaunchOptions;
  env: Pick<Env, "sandboxMembershipHours" | "tzDisplay">;
};

/**
 * Sets the moment at which a draft starts by itself; recipients are frozen then, not before (engine.md 5). What would
 * refuse the launch now refuses this. AppErrors campaign.not_found, campaign.wrong_status, campaign.schedule_past (with
 * the database's time), template.not_configured, campaign.variable_invalid. Ownership is the caller's to check.
 */
export async function scheduleCampaign(db: Database, input: ScheduleInput): Promise<{ scheduledAt: Date }> {
  return db.transaction(async (tx) => {
    const { campaignId, options, env } = input;
    const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for("update");
    if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
    const status = campaign.status ?? "draft";
    if (!canMoveCampaign(status, "schedule")) throw new AppError("campaign.wrong_status", { status });
    const scheduledAt = await futureInstant(tx, input);
    await requireLaunchable(tx, campaign, {
      campaignId,
      options,
      membershipHours: env.sandboxMembershipHours,
    });
    await tx
      .update(campaigns)
      .set({
        status: "scheduled",
        scheduledAt,
        launchOptions: { ...options, copyOf: campaign.launchOptions?.copyOf },
        stopReason: null,
        stopCode: null,
        requestId: currentRequest,
      })
      .where(eq(campaigns.id, campaignId));
    return { scheduledAt };
  });
}

/** The database knows the time zones' rules and what time it is. */
async function futureInstant(db: Executor, { date, time, env }: ScheduleInput): Promise<Date> {
  const [moment] = await db
    .select({
      at: sql`at`.mapWith(campaigns.scheduledAt),
      past: sql<boolean>`at <= clock_timestamp()`,
    })
    .from(sql`(select (${date}::date + ${time}::time) at time zone ${env.tzDisplay} as at) chosen`);
  if (!moment) throw new Error("no moment");
  if (moment.past) throw new AppError("campaign.schedule_past");
  return moment.at;
}
