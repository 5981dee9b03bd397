// The life of a campaign: which command may move it from where to where. Commands compare-and-set on this table.
export const campaignStatuses = [
  "draft",
  "scheduled",
  "sending",
  "paused",
  "completed",
  "cancelled",
  "failed",
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

type CampaignMove = { from: readonly CampaignStatus[]; to: CampaignStatus };

export const campaignMoves = {
  launch: { from: ["draft", "scheduled"], to: "sending" },
  /** also to another time */
  schedule: { from: ["draft", "scheduled"], to: "scheduled" },
  /** back to the draft, to be changed; one that could not start has sent nothing */
  unschedule: { from: ["scheduled", "failed"], to: "draft" },
  /** its time came and the launch was refused */
  failToStart: { from: ["scheduled"], to: "failed" },
  pause: { from: ["sending"], to: "paused" },
  resume: { from: ["paused"], to: "sending" },
  cancel: { from: ["scheduled", "sending", "paused"], to: "cancelled" },
  complete: { from: ["sending"], to: "completed" },
  fail: { from: ["sending"], to: "failed" },
  /** a retry, or a late refusal that may be retried, gives a settled campaign work again */
  reopen: { from: ["completed", "failed"], to: "sending" },
} as const satisfies Record<string, CampaignMove>;

/** Where failed messages may be sent again. */
const retryableStatuses: readonly CampaignStatus[] = ["sending", "paused", "completed", "failed"];

/** Where a test may go out: the claim sends nothing under the others. */
const testableStatuses: readonly CampaignStatus[] = ["draft", "scheduled", "sending", "completed"];

/** Where there is nothing left to do but look. */
const archivableStatuses: readonly CampaignStatus[] = ["completed", "cancelled", "failed"];

export type CampaignCommand = keyof typeof campaignMoves;

/** Whether `command` may be given to a campaign in `status`. */
export function canMoveCampaign(status: CampaignStatus, command: CampaignCommand): boolean {
  return (campaignMoves[command].from as readonly CampaignStatus[]).includes(status);
}

/** Whether failed messages of a campaign in `status` may be sent again by hand. */
export function canRetryMessages(status: CampaignStatus): boolean {
  return retryableStatuses.includes(status);
}

/** Whether a campaign in `status` may be tried on one number. */
export function canSendTest(status: CampaignStatus): boolean {
  return testableStatuses.includes(status);
}

/** Whether a campaign in `status` may leave the list for the archive. */
export function canArchive(status: CampaignStatus): boolean {
  return archivableStatuses.includes(status);
}
