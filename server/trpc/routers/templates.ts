import { z } from "zod";
import { recordAudit } from "#server/audit/record.ts";
import { listTemplates } from "#server/templates/queries.ts";
import { syncTemplates } from "#server/templates/sync-templates.ts";
import { syncResult, templateRow } from "#server/templates/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

export const templatesRouter = router({
  list: userProcedure.output(z.array(templateRow)).query(({ ctx }) => listTemplates(ctx.services.db)),

  /** Asks Twilio for the templates of the account. */
  sync: userProcedure.output(syncResult).mutation(async ({ ctx }) => {
    const { db, env } = ctx.services;
    const after = await syncTemplates(db, createTwilioGateway(env));
    const { user, ip } = ctx;
    await recordAudit(db, { userId: user.id, ip, action: "templates.synced", subjectId: null, after });
    return after;
  }),
});
