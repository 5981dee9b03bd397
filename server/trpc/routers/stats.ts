import { z } from "zod";
import { getOverview } from "#server/stats/queries.ts";
import { overview, overviewPeriods } from "#server/stats/views.ts";
import { anyCampaignChanges, changesOutput } from "#server/trpc/campaign-changes.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const statsRouter = router({
  /** What the dashboard shows. */
  overview: userProcedure
    .input(z.object({ days: z.literal(overviewPeriods).default(7) }))
    .output(overview)
    .query(({ ctx, input }) => {
      const { db, env } = ctx.services;
      return getOverview(db, { user: ctx.user, timeZone: env.tzDisplay, ...input });
    }),

  /** Yields whenever one of the user's campaigns may have changed; read again then. */
  changes: userProcedure
    .output(changesOutput)
    .subscription(({ ctx, signal }) => anyCampaignChanges(ctx, { signal })),
});
