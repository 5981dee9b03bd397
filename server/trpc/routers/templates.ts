import { z } from "zod";
import { listTemplates } from "#server/templates/queries.ts";
import { syncTemplates } from "#server/templates/sync-templates.ts";
import { syncResult, templateRow } from "#server/templates/views.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

export const templatesRouter = router({
  list: userProcedure.output(z.array(templateRow)).query(({ ctx }) => listTemplates(ctx.services.db)),

  sync: userProcedure.output(syncResult).mutation(({ ctx }) =>
    audited(ctx, "templates.synced", async (tx) => {
      const result = await syncTemplates(tx, createTwilioGateway(ctx.services.env));
      return { result, subjectId: null, after: result };
    }),
  ),
});
