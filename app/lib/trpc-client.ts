// The browser's own door to the procedures: for the event stream and for what is asked beside the page, which is no
// activity of its user. Everything else goes through loaders and actions.
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { AppRouter } from "#server/trpc/root.ts";

const url = "/api/trpc";

export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url, headers: { "x-relance-quiet": "1", "x-relance-client": "page" } }),
    }),
  ],
});
