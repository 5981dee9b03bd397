import { exportCampaignInput, exportContactsInput, exportMessagesInput } from "#server/domain/inputs.ts";
import { exportCampaign } from "#server/exports/export-campaign.ts";
import { exportContacts } from "#server/exports/export-contacts.ts";
import { exportMessages } from "#server/exports/export-messages.ts";
import { contactBatch, messageBatch, recipientBatch } from "#server/exports/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

/** Batch after batch; the files are written by routes of app/. */
export const exportsRouter = router({
  contacts: userProcedure
    .input(exportContactsInput)
    .output(contactBatch)
    .query(({ ctx, input: { after, ...filter } }) => {
      const { db, env } = ctx.services;
      return exportContacts(db, { user: ctx.user, env, filter, after });
    }),

  campaign: userProcedure
    .input(exportCampaignInput)
    .output(recipientBatch)
    .query(({ ctx, input }) => exportCampaign(ctx.services.db, { user: ctx.user, ...input })),

  messages: userProcedure
    .input(exportMessagesInput)
    .output(messageBatch)
    .query(({ ctx, input }) => {
      const { db, env } = ctx.services;
      return exportMessages(db, { user: ctx.user, timeZone: env.tzDisplay, ...input });
    }),
});
