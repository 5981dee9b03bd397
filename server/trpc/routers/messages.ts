import { idInput, messageHistoryInput } from "#server/domain/inputs.ts";
import { historyChoices } from "#server/messages/history-choices.ts";
import { listHistory } from "#server/messages/list-history.ts";
import { requireMessage } from "#server/messages/queries.ts";
import { historyChoices as choices, messageDetail, messageHistory } from "#server/messages/views.ts";
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
    .output(choices)
    .query(({ ctx }) => historyChoices(ctx.services.db, { user: ctx.user })),

  get: userProcedure
    .input(idInput)
    .output(messageDetail)
    .query(({ ctx, input }) => requireMessage(ctx.services.db, { user: ctx.user, ...input })),
});
