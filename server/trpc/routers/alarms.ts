import { z } from "zod";
import { currentAlarms } from "#server/alarms/queries.ts";
import { alarm } from "#server/alarms/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const alarmsRouter = router({
  /** What is red now; of the installation as a whole, so every admin sees it. */
  current: userProcedure.output(z.array(alarm)).query(({ ctx }) => currentAlarms(ctx.services.db)),
});
