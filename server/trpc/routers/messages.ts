import { idInput } from "#server/domain/inputs.ts";
import { requireMessage } from "#server/messages/queries.ts";
import { messageDetail } from "#server/messages/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const messagesRouter = router({
  get: userProcedure
    .input(idInput)
    .output(messageDetail)
    .query(({ ctx, input }) => requireMessage(ctx.services.db, { user: ctx.user, ...input })),
});
