import { liveNewsOutput } from "#server/live/views.ts";
import { personProcedure, router } from "#server/trpc/init.ts";
import { liveChanges } from "#server/trpc/live-changes.ts";

export const liveRouter = router({
  /** What changed of what the user sees, at most twice a second; read it again then. */
  changes: personProcedure.output(liveNewsOutput).subscription(({ ctx, signal }) => liveChanges(ctx, signal)),
});
