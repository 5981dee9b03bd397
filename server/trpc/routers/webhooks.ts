// The inspector of webhooks: what came, what became of it, and why something was refused.
import { z } from "zod";
import { recordAudit } from "#server/audit/record.ts";
import { idInput, listHitsInput } from "#server/domain/inputs.ts";
import { audited, router, superAdminProcedure } from "#server/trpc/init.ts";
import { listHits, requireHit } from "#server/webhooks/queries.ts";
import { replayEvent } from "#server/webhooks/replay-event.ts";
import { sendTestHit } from "#server/webhooks/send-test-hit.ts";
import { hitDetail, hitPage, testHitResult } from "#server/webhooks/views.ts";

export const webhooksRouter = router({
  /** The newest first. */
  list: superAdminProcedure
    .input(listHitsInput)
    .output(hitPage)
    .query(({ ctx, input }) => listHits(ctx.services.db, input)),

  get: superAdminProcedure
    .input(idInput)
    .output(hitDetail)
    .query(({ ctx: { services }, input: { id } }) =>
      requireHit(services.db, { id, accountSid: services.env.twilioAccountSid }),
    ),

  /** Applies an accepted hit once more; what had its effect has no second one. */
  replay: superAdminProcedure
    .input(idInput)
    .output(z.object({ result: z.string() }))
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "webhook.replayed", async (tx) => {
        const { before, result } = await replayEvent(tx, ctx.services, id);
        return { result: { result }, subjectId: id, before: { result: before }, after: { result } };
      }),
    ),

  /** A signed hit of our own through the public address. */
  sendTest: superAdminProcedure.output(testHitResult).mutation(async ({ ctx }) => {
    const { db, env } = ctx.services;
    const result = await sendTestHit(db, env);
    const entry = { subjectId: result.eventId, after: { problem: result.problem } };
    await recordAudit(db, { ...entry, action: "webhook.tested", userId: ctx.user.id, ip: ctx.ip });
    return result;
  }),
});
