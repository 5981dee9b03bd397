import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { currentSender } from "#server/senders/queries.ts";
import { resumeSender } from "#server/senders/resume-sender.ts";
import { senderState } from "#server/senders/views.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";

export const sendersRouter = router({
  current: userProcedure
    .output(senderState)
    .query(({ ctx }) => currentSender(ctx.services.db, { env: ctx.services.env })),

  /** The sender is everybody's: any admin may let it send again once they have dealt with the reason. */
  resume: userProcedure.output(z.object({})).mutation(({ ctx }) =>
    audited(ctx, "sender.resumed", async (tx) => {
      const { id, pauseReason } = await currentSender(tx, { env: ctx.services.env });
      if (id === null || !(await resumeSender(tx, { senderId: id }))) throw new AppError("sender.not_paused");
      return { result: {}, subjectId: id, before: { pauseReason } };
    }),
  ),
});
