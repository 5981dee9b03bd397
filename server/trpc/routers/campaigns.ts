import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { archiveCampaign } from "#server/campaigns/archive-campaign.ts";
import { findAudience } from "#server/campaigns/audience.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import { createCampaign } from "#server/campaigns/create-campaign.ts";
import { deleteCampaign } from "#server/campaigns/delete-campaign.ts";
import { duplicateCampaign } from "#server/campaigns/duplicate-campaign.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { listCampaigns } from "#server/campaigns/list-campaigns.ts";
import { pauseCampaign } from "#server/campaigns/pause-campaign.ts";
import { preflight } from "#server/campaigns/preflight.ts";
import { getCampaign, requireCampaign } from "#server/campaigns/queries.ts";
import { resumeCampaign } from "#server/campaigns/resume-campaign.ts";
import { scheduleCampaign } from "#server/campaigns/schedule-campaign.ts";
import { unscheduleCampaign } from "#server/campaigns/unschedule-campaign.ts";
import { updateCampaign } from "#server/campaigns/update-campaign.ts";
import { audience, campaignDetail, campaignPage, preflightView } from "#server/campaigns/views.ts";
import type { AuditAction } from "#server/domain/audit-actions.ts";
import {
  archiveInput,
  audienceInput,
  createCampaignInput,
  idInput,
  launchInput,
  listCampaignsInput,
  listMessagesInput,
  retryFailedInput,
  scheduleInput,
  testMessageInput,
  updateCampaignInput,
} from "#server/domain/inputs.ts";
import { listCampaignMessages } from "#server/messages/queries.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import { sendTestMessage } from "#server/messages/send-test-message.ts";
import { messagePage } from "#server/messages/views.ts";
import { audited, router, type UserContext, userProcedure } from "#server/trpc/init.ts";

const idOutput = z.object({ id: z.number() });

/** A command of the engine on one of the user's own campaigns, with its line in the audit log. */
function commandOn(
  ctx: UserContext,
  id: number,
  action: AuditAction,
  command: (tx: Transaction) => Promise<unknown>,
) {
  return audited(ctx, action, async (tx) => {
    const { status } = await requireCampaign(tx, { user: ctx.user, id });
    await command(tx);
    return { result: { id }, subjectId: id, before: { status } };
  });
}

export const campaignsRouter = router({
  list: userProcedure
    .input(listCampaignsInput)
    .output(campaignPage)
    .query(({ ctx, input }) => listCampaigns(ctx.services.db, { user: ctx.user, ...input })),

  get: userProcedure
    .input(idInput)
    .output(campaignDetail)
    .query(({ ctx, input }) =>
      getCampaign(ctx.services.db, { user: ctx.user, env: ctx.services.env, ...input }),
    ),

  messages: userProcedure
    .input(listMessagesInput)
    .output(messagePage)
    .query(({ ctx, input }) => listCampaignMessages(ctx.services.db, { user: ctx.user, ...input })),

  /** Whom a campaign to these categories would reach now. */
  audience: userProcedure
    .input(audienceInput)
    .output(audience)
    .query(({ ctx, input }) =>
      findAudience(ctx.services.db, { user: ctx.user, env: ctx.services.env, ...input }),
    ),

  create: userProcedure
    .input(createCampaignInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "campaign.created", async (tx) => {
        const { id } = await createCampaign(tx, { user: ctx.user, ...input });
        return { result: { id }, subjectId: id, after: input };
      }),
    ),

  update: userProcedure
    .input(updateCampaignInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "campaign.updated", async (tx) => {
        const { before } = await updateCampaign(tx, { user: ctx.user, ...input });
        return { result: { id: input.id }, subjectId: input.id, before, after: input };
      }),
    ),

  delete: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "campaign.deleted", async (tx) => {
        const { before } = await deleteCampaign(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, before };
      }),
    ),

  /** A new draft with the content of a campaign in whatever state. */
  duplicate: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "campaign.duplicated", async (tx) => {
        const copy = await duplicateCampaign(tx, { user: ctx.user, ...input });
        return { result: copy, subjectId: copy.id, after: { copyOf: input.id } };
      }),
    ),

  archive: userProcedure
    .input(archiveInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, input.archived ? "campaign.archived" : "campaign.unarchived", async (tx) => {
        await archiveCampaign(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id };
      }),
    ),

  /** `launched` is false when it was on its way already: pressing twice launches once. */
  launch: userProcedure
    .input(launchInput)
    .output(z.object({ id: z.number(), launched: z.boolean(), recipients: z.number() }))
    .mutation(({ ctx, input: { id, ...options } }) =>
      audited(ctx, "campaign.launched", async (tx) => {
        await requireCampaign(tx, { user: ctx.user, id });
        const after = await launchCampaign(tx, { campaignId: id, env: ctx.services.env, options });
        const action = after.launched ? undefined : null;
        return { result: { id, ...after }, action, subjectId: id, after: { ...after, options } };
      }),
    ),

  /** What a launch would do now. */
  preflight: userProcedure
    .input(launchInput)
    .output(preflightView)
    .query(async ({ ctx, input: { id, ...options } }) => {
      const { db, env } = ctx.services;
      await requireCampaign(db, { user: ctx.user, id });
      return preflight(db, { campaignId: id, env, options });
    }),

  schedule: userProcedure
    .input(scheduleInput)
    .output(z.object({ id: z.number(), scheduledAt: z.date() }))
    .mutation(({ ctx, input: { id, date, time, ...options } }) =>
      audited(ctx, "campaign.scheduled", async (tx) => {
        await requireCampaign(tx, { user: ctx.user, id });
        const schedule = { campaignId: id, date, time, options, env: ctx.services.env };
        const { scheduledAt } = await scheduleCampaign(tx, schedule);
        return { result: { id, scheduledAt }, subjectId: id, after: { scheduledAt, options } };
      }),
    ),

  unschedule: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      commandOn(ctx, id, "campaign.unscheduled", (tx) => unscheduleCampaign(tx, { campaignId: id })),
    ),

  /** Message 1 to one number, before or after the launch; counts in no counter. */
  sendTest: userProcedure
    .input(testMessageInput)
    .output(z.object({ messageId: z.number() }))
    .mutation(({ ctx, input: { id, number, country } }) =>
      audited(ctx, "campaign.tested", async (tx) => {
        await requireCampaign(tx, { user: ctx.user, id });
        const { env } = ctx.services;
        const result = await sendTestMessage(tx, { user: ctx.user, campaignId: id, number, country, env });
        return { result, subjectId: id, after: result };
      }),
    ),

  pause: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      commandOn(ctx, id, "campaign.paused", (tx) => pauseCampaign(tx, { campaignId: id })),
    ),

  resume: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      commandOn(ctx, id, "campaign.resumed", (tx) => resumeCampaign(tx, { campaignId: id })),
    ),

  cancel: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      commandOn(ctx, id, "campaign.cancelled", (tx) => cancelCampaign(tx, { campaignId: id })),
    ),

  /** Sends the failed messages again: one, those of one reason, or all of the campaign. */
  retryFailed: userProcedure
    .input(retryFailedInput)
    .output(z.object({ count: z.number() }))
    .mutation(({ ctx, input: { id, ...chosen } }) =>
      audited(ctx, "campaign.retried", async (tx) => {
        await requireCampaign(tx, { user: ctx.user, id });
        const count = await retryFailed(tx, { campaignId: id, ...chosen });
        return { result: { count }, subjectId: id, after: { count, ...chosen } };
      }),
    ),
});
