import { sql } from "drizzle-orm";
import { z } from "zod";
import { findStrangerMedia } from "#server/conversations/find-media.ts";
import { makeContactOfSender } from "#server/conversations/make-contact-of-sender.ts";
import { listUnknownSenders, requireUnknownSender } from "#server/conversations/unknown-senders.ts";
import { stranger, strangerPage } from "#server/conversations/views.ts";
import { idInput, listStrangersInput, mediaInput, strangerContactInput } from "#server/domain/inputs.ts";
import { keepErasedSilent } from "#server/privacy/keep-erased-silent.ts";
import { audited, router, superAdminProcedure } from "#server/trpc/init.ts";

/** Unknown senders: nobody's, and so the super admin's (design.md 7). */
export const strangersRouter = router({
  list: superAdminProcedure
    .input(listStrangersInput)
    .output(strangerPage)
    .query(({ ctx, input }) => listUnknownSenders(ctx.services.db, input)),

  get: superAdminProcedure
    .input(idInput)
    .output(stranger)
    .query(({ ctx, input }) => requireUnknownSender(ctx.services.db, input)),

  makeContact: superAdminProcedure
    .input(strangerContactInput)
    .output(z.object({ contactId: z.number(), isNew: z.boolean() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "unknown_sender.became_contact", async (tx) => {
        const { messages, ...result } = await makeContactOfSender(tx, { user: ctx.user, ...input });
        if (result.isNew)
          await keepErasedSilent(tx, { env: ctx.services.env, which: sql`c.id = ${result.contactId}` });
        return { result, subjectId: input.id, after: { ...result, messages } };
      }),
    ),

  media: superAdminProcedure
    .input(mediaInput.extend({ strangerId: idInput.shape.id }))
    .output(z.object({ url: z.string() }))
    .query(({ ctx, input }) => findStrangerMedia(ctx.services.db, input)),
});
