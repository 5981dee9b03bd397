// Every procedure, under one name. Loaders and actions use the caller, the browser /api/trpc.
import { createCallerFactory, router } from "#server/trpc/init.ts";
import { authRouter } from "#server/trpc/routers/auth.ts";
import { campaignsRouter } from "#server/trpc/routers/campaigns.ts";
import { categoriesRouter } from "#server/trpc/routers/categories.ts";
import { contactsRouter } from "#server/trpc/routers/contacts.ts";
import { importsRouter } from "#server/trpc/routers/imports.ts";
import { messagesRouter } from "#server/trpc/routers/messages.ts";
import { proofRouter } from "#server/trpc/routers/proof.ts";
import { sandboxRouter } from "#server/trpc/routers/sandbox.ts";
import { sendersRouter } from "#server/trpc/routers/senders.ts";
import { statsRouter } from "#server/trpc/routers/stats.ts";
import { templatesRouter } from "#server/trpc/routers/templates.ts";

export const appRouter = router({
  auth: authRouter,
  campaigns: campaignsRouter,
  categories: categoriesRouter,
  contacts: contactsRouter,
  imports: importsRouter,
  messages: messagesRouter,
  proof: proofRouter,
  sandbox: sandboxRouter,
  senders: sendersRouter,
  stats: statsRouter,
  templates: templatesRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process; the context says for whom. */
export const createCaller = createCallerFactory(appRouter);
