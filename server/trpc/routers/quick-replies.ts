import { z } from "zod";
import { idInput, quickReplyInput, updateQuickReplyInput } from "#server/domain/inputs.ts";
import { createQuickReply } from "#server/quick-replies/create-quick-reply.ts";
import { deleteQuickReply } from "#server/quick-replies/delete-quick-reply.ts";
import { listQuickReplies } from "#server/quick-replies/queries.ts";
import { updateQuickReply } from "#server/quick-replies/update-quick-reply.ts";
import { quickReplyRow } from "#server/quick-replies/views.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";

/** Everybody's own. */
export const quickRepliesRouter = router({
  list: userProcedure
    .output(z.array(quickReplyRow))
    .query(({ ctx }) => listQuickReplies(ctx.services.db, { user: ctx.user })),

  create: userProcedure
    .input(quickReplyInput)
    .output(z.object({ id: z.number() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "quick_reply.created", async (tx) => {
        const result = await createQuickReply(tx, { user: ctx.user, ...input });
        return { result, subjectId: result.id, after: input };
      }),
    ),

  update: userProcedure
    .input(updateQuickReplyInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "quick_reply.updated", async (tx) => {
        await updateQuickReply(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, after: input };
      }),
    ),

  delete: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "quick_reply.deleted", async (tx) => {
        const before = await deleteQuickReply(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, before };
      }),
    ),
});
