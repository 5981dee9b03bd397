// Every procedure, under one name. Loaders and actions use the caller, the browser /api/trpc.
import { createCallerFactory, router } from "#server/trpc/init.ts";
import { accountRouter } from "#server/trpc/routers/account.ts";
import { alarmsRouter } from "#server/trpc/routers/alarms.ts";
import { auditRouter } from "#server/trpc/routers/audit.ts";
import { authRouter } from "#server/trpc/routers/auth.ts";
import { campaignsRouter } from "#server/trpc/routers/campaigns.ts";
import { categoriesRouter } from "#server/trpc/routers/categories.ts";
import { contactsRouter } from "#server/trpc/routers/contacts.ts";
import { conversationsRouter } from "#server/trpc/routers/conversations.ts";
import { doctorRouter } from "#server/trpc/routers/doctor.ts";
import { exportsRouter } from "#server/trpc/routers/exports.ts";
import { importsRouter } from "#server/trpc/routers/imports.ts";
import { liveRouter } from "#server/trpc/routers/live.ts";
import { messagesRouter } from "#server/trpc/routers/messages.ts";
import { proofRouter } from "#server/trpc/routers/proof.ts";
import { quickRepliesRouter } from "#server/trpc/routers/quick-replies.ts";
import { sandboxRouter } from "#server/trpc/routers/sandbox.ts";
import { searchRouter } from "#server/trpc/routers/search.ts";
import { sendersRouter } from "#server/trpc/routers/senders.ts";
import { statsRouter } from "#server/trpc/routers/stats.ts";
import { strangersRouter } from "#server/trpc/routers/strangers.ts";
import { templatesRouter } from "#server/trpc/routers/templates.ts";
import { usersRouter } from "#server/trpc/routers/users.ts";
import { webhooksRouter } from "#server/trpc/routers/webhooks.ts";

export const appRouter = router({
  account: accountRouter,
  alarms: alarmsRouter,
  audit: auditRouter,
  auth: authRouter,
  campaigns: campaignsRouter,
  categories: categoriesRouter,
  contacts: contactsRouter,
  doctor: doctorRouter,
  conversations: conversationsRouter,
  exports: exportsRouter,
  imports: importsRouter,
  live: liveRouter,
  messages: messagesRouter,
  proof: proofRouter,
  quickReplies: quickRepliesRouter,
  sandbox: sandboxRouter,
  search: searchRouter,
  senders: sendersRouter,
  stats: statsRouter,
  strangers: strangersRouter,
  templates: templatesRouter,
  users: usersRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process; the context says for whom. */
export const createCaller = createCallerFactory(appRouter);
