// The shapes in which campaigns leave the server.
import { z } from "zod";
import { campaignStatuses } from "#server/domain/campaign-status.ts";
import { variableSourceInput } from "#server/domain/inputs.ts";
import { exclusionReasons, launchOptions } from "#server/domain/launch-options.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import { appErrorCodes } from "#server/errors.ts";
import { senderState } from "#server/senders/views.ts";

const campaignCategory = z.object({ id: z.number(), name: z.string(), color: z.string().nullable() });

export const campaignRow = z.object({
  id: z.number(),
  name: z.string(),
  status: z.enum(campaignStatuses),
  templateName: z.string().nullable(),
  categories: z.array(campaignCategory),
  /** Message 1 only (engine.md 4): sent includes delivered, delivered includes read */
  totalRecipients: z.number(),
  sentCount: z.number(),
  deliveredCount: z.number(),
  readCount: z.number(),
  successCount: z.number(),
  failedCount: z.number(),
  skippedCount: z.number(),
  cancelledCount: z.number(),
  /** answers received */
  interactionCount: z.number(),
  /** why it is paused or failed: a key, and the Twilio code behind it */
  stopReason: z.string().nullable(),
  stopCode: z.number().nullable(),
  createdAt: z.date().nullable(),
  scheduledAt: z.date().nullable(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  archivedAt: z.date().nullable(),
});
export type CampaignRow = z.infer<typeof campaignRow>;

export const campaignPage = z.object({
  rows: z.array(campaignRow),
  /** of all pages; counted no further than 1,000, and then `totalIsMore` */
  total: z.number(),
  totalIsMore: z.boolean(),
  /** the campaign to ask before, or after, for the next page; null: there is none */
  previous: z.number().nullable(),
  next: z.number().nullable(),
});
export type CampaignPage = z.infer<typeof campaignPage>;

export const campaignDetail = campaignRow.extend({
  /** the template's body: what Message 1 says before its variables are filled */
  messageOne: z.string(),
  messageTwo: z.string().nullable(),
  variables: z.record(z.string(), variableSourceInput),
  /** null: it is gone, or the campaign was taken over from the previous system */
  template: z
    .object({
      id: z.number(),
      contentSid: z.string().nullable(),
      name: z.string(),
      body: z.string(),
      variables: z.record(z.string(), z.string()),
      approvalStatus: z.string().nullable(),
      removed: z.boolean(),
    })
    .nullable(),
  sender: senderState,
  /** Message 1 by status; a status without messages is 0 */
  statusCounts: z.record(z.enum(messageStatuses), z.number()),
  /** Message 2 by status */
  messageTwoCounts: z.record(z.enum(messageStatuses), z.number()),
  /** failed Message 1 by Twilio's code and our own reason (or, without a code, what was said), the most frequent first */
  failures: z.array(
    z.object({ code: z.number().nullable(), reason: z.string().nullable(), count: z.number() }),
  ),
  /** the tests of this campaign, the newest first */
  tests: z.array(
    z.object({
      id: z.number(),
      toNumber: z.string(),
      status: z.enum(messageStatuses),
      errorCode: z.number().nullable(),
      errorMessage: z.string().nullable(),
      reason: z.string().nullable(),
      createdAt: z.date().nullable(),
    }),
  ),
  launchOptions: launchOptions.nullable(),
  /** a launch can leave out whom the original reached */
  isCopy: z.boolean(),
  ownerEmail: z.string().nullable(),
});
export type CampaignDetail = z.infer<typeof campaignDetail>;

export const audience = z.object({
  recipients: z.number(),
  /** opted out, flagged, or gone from the sandbox */
  excluded: z.number(),
  /** among the recipients: membership over, or never seen in the sandbox */
  notJoined: z.number(),
  samples: z.array(
    z.object({
      id: z.number(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      fullNumber: z.string(),
    }),
  ),
});
export type Audience = z.infer<typeof audience>;

const counted = <const Reason extends readonly [string, ...string[]]>(reasons: Reason) =>
  z.array(z.object({ reason: z.enum(reasons), count: z.number() }));

export const preflightView = z.object({
  /** contacts of the categories, and those of them a launch would send to */
  total: z.number(),
  willSend: z.number(),
  skipped: counted(exclusionReasons),
  /** among those it would send to: sandbox state, Message 1 of another campaign still on its way, or that of the original had */
  warnings: counted(["expiring", "expired", "left", "unknown", "busy", "reached"]),
  /** messages of this sender that wait already */
  ahead: z.number(),
  intervalMs: z.number(),
  /** of this campaign alone */
  durationMs: z.number(),
  startsAt: z.date(),
  /** at the latest, behind everything that waits */
  finishesAt: z.date(),
  cost: z.object({
    lowUsd: z.number(),
    highUsd: z.number(),
    priceDate: z.string(),
    unknownCountry: z.number(),
  }),
  previews: z.array(
    z.object({
      contactId: z.number(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      number: z.string(),
      text: z.string(),
    }),
  ),
  /** what would refuse the launch, as its error would say it */
  problem: z
    .object({
      code: z.enum(appErrorCodes),
      meta: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
});
export type Preflight = z.infer<typeof preflightView>;
