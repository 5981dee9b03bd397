import { searchInput } from "#server/domain/inputs.ts";
import { searchEverything } from "#server/search/search-everything.ts";
import { searchResults } from "#server/search/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const searchRouter = router({
  /** The few best of the user's campaigns and contacts that the words name. */
  everything: userProcedure
    .input(searchInput)
    .output(searchResults)
    .query(({ ctx, input }) => searchEverything(ctx.services.db, { user: ctx.user, ...input })),
});
