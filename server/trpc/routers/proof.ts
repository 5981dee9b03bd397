// What proves a campaign and tells of a message: proof, flight recorder, and the decision about uncertain messages.
import { z } from "zod";
import { requireCampaign } from "#server/campaigns/queries.ts";
import { decideInput, idInput } from "#server/domain/inputs.ts";
import { askCandidates, decideUncertain } from "#server/messages/decide-uncertain.ts";
import { exportJournal, messageTimeline } from "#server/messages/timeline.ts";
import { undecidedOf } from "#server/messages/undecided.ts";
import { candidateList, messageJournal, timelineStep } from "#server/messages/views.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import { campaignProof } from "#server/proof/views.ts";
import { audited, router, type UserContext, userProcedure } from "#server/trpc/init.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

const asking = ({ services: { db, env } }: UserContext) => ({ db, gateway: createTwilioGateway(env) });

export const proofRouter = router({
  campaign: userProcedure
    .input(idInput)
    .output(campaignProof)
    .query(async ({ ctx, input: { id } }) => {
      const { name } = await requireCampaign(ctx.services.db, { user: ctx.user, id });
      return { campaign: { id, name }, ...(await proveLedger(ctx.services.db, { campaignId: id })) };
    }),

  /** What happened to a message, oldest first. */
  message: userProcedure
    .input(idInput)
    .output(z.array(timelineStep))
    .query(({ ctx, input }) => messageTimeline(ctx.services.db, { user: ctx.user, ...input })),

  /** The same with all it is built from, for a file. */
  journal: userProcedure
    .input(idInput)
    .output(messageJournal)
    .query(({ ctx, input }) => exportJournal(ctx.services.db, { user: ctx.user, ...input })),

  /** Of a campaign: messages that wait for a decision. */
  undecided: userProcedure
    .input(idInput)
    .output(z.object({ count: z.number(), firstMessageId: z.number().nullable() }))
    .query(({ ctx, input }) => undecidedOf(ctx.services.db, { user: ctx.user, ...input })),

  /** Of a message: what it may be at Twilio, now. */
  candidates: userProcedure
    .input(idInput)
    .output(candidateList)
    .query(async ({ ctx, input }) => {
      return (await askCandidates(asking(ctx), { user: ctx.user, ...input })).candidates;
    }),

  /** One of the candidates is this message (`sid`), or none is (null). */
  decide: userProcedure
    .input(decideInput)
    .output(z.object({ status: z.string() }))
    .mutation(async ({ ctx, input: { id, sid } }) => {
      const { user, services } = ctx;
      const { attemptId, candidates } = await askCandidates(asking(ctx), { user, id });
      return audited(ctx, "message.decided", async (tx) => {
        const chosen = { messageId: id, attemptId, sid, candidates };
        const status = await decideUncertain(tx, { ...chosen, user, env: services.env });
        const after = { sid, status };
        return { result: { status }, subjectId: id, before: { status: "uncertain" }, after };
      });
    }),
});
