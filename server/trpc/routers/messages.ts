import {
  historyCampaignsInput,
  historyChoicesInput,
  idInput,
  messageHistoryInput,
} from "#server/domain/inputs.ts";
import { campaignChoices, historyChoices } from "#server/messages/history-choices.ts";
import { listHistory } from "#server/messages/list-history.ts";
import { requireMessage } from "#server/messages/queries.ts";
import {
  historyChoices as choices,
  historyCampaigns,
  messageDetail,
  messageHistory,
} from "#server/messages/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const messagesRouter = router({
  /** Across campaigns, the newest first. */
  list: userProcedure
    .input(messageHistoryInput)
    .output(messageHistory)
    .query(({ ctx, input }) => {
      const { db, env } = ctx.services;
      return listHistory(db, { user: ctx.user, timeZone: env.tzDisplay, ...input });
    }),

  /** What `list` can be filtered by. */
  choices: userProcedure
    .input(historyChoicesInput)
    .output(choices)
    .query(({ ctx, input }) => historyChoices(ctx.services.db, { user: ctx.user, ...input })),

  /** The user's campaigns that a search finds, for the filter. */
  campaigns: userProcedure
    .input(historyCampaignsInput)
    .output(historyCampaigns)
    .query(({ ctx, input }) => campaignChoices(ctx.services.db, { user: ctx.user, ...input })),

  get: userProcedure
    .input(idInput)
    .output(messageDetail)
    .query(({ ctx, input }) => requireMessage(ctx.services.db, { user: ctx.user, ...input })),
});
