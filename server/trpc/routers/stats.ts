import { z } from "zod";
import { getOverview } from "#server/stats/queries.ts";
import { overview, overviewPeriods } from "#server/stats/views.ts";
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
});
