// The browser's own door to the procedures: only for the event stream, everything else goes through loaders and actions.
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "#server/trpc/root.ts";

export const trpc = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: "/api/trpc" })] });
