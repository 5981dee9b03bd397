import type { CampaignDetail } from "#server/campaigns/views.ts";

type Stage = Pick<CampaignDetail, "status" | "startedAt" | "totalRecipients">;

/** Whether it ever had recipients: what was taken over from the previous system has no time of start. */
export function hasStarted({ startedAt, totalRecipients }: Stage): boolean {
  return startedAt !== null || totalRecipients > 0;
}

/** Whether its time came and its launch was refused. */
export function couldNotStart(campaign: Stage): boolean {
  return campaign.status === "failed" && !hasStarted(campaign);
}
