import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation, useNavigation, useRouteLoaderData } from "@remix-run/react";
import { Alarms } from "#app/components/alarms.tsx";
import { AppShell } from "#app/components/app-shell.tsx";
import { BareShell } from "#app/components/bare-shell.tsx";
import { ErrorPage, errorTitle } from "#app/components/error-page.tsx";
import { SandboxBanner } from "#app/components/sandbox-banner.tsx";
import { ToastWithoutScript } from "#app/components/toasts.tsx";
import { PageSkeleton } from "#app/components/ui/skeleton.tsx";
import { LiveProvider } from "#app/lib/live.tsx";
import { sandboxBannerOpen, takeToast } from "#app/lib/preferences.server.ts";
import { shellRevalidates } from "#app/lib/quiet-scope.ts";
import { callerFor, requireUser } from "#app/lib/trpc.server.ts";
import { useDelayed } from "#app/lib/use-delayed.ts";
import { useToastOfPage } from "#app/lib/use-toast-of-page.ts";
import type { loader as rootLoader } from "#app/root.tsx";

export const shouldRevalidate = shellRevalidates;

/** Of its error page; every page has a title of its own. */
export const meta: MetaFunction = ({ error }) => (error ? [{ title: errorTitle(error) }] : []);

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args);
  const caller = await callerFor(args);
  const [sender, alarms, sandbox, reminders, inbox] = await Promise.all([
    caller.senders.current(),
    caller.alarms.current(),
    caller.sandbox.info(),
    caller.sandbox.reminders(),
    caller.conversations.counts(),
  ]);
  const { toast, headers } = await takeToast(args.request);
  return data(
    { user, sender, alarms, sandbox, reminders, inbox, toast, bannerOpen: sandboxBannerOpen(args.request) },
    { headers },
  );
}

export default function AppLayout() {
  const { toast } = useLoaderData<typeof loader>();
  useToastOfPage(toast);
  return (
    <LiveProvider>
      <Shell>
        <ToastWithoutScript toast={toast} />
        <PageOrSkeleton />
      </Shell>
    </LiveProvider>
  );
}

export function ErrorBoundary() {
  return (
    <Shell>
      <ErrorPage />
    </Shell>
  );
}

/** Around a page and around its failure alike; when the shell's own data failed there is only the failure. */
function Shell({ children }: { children: React.ReactNode }) {
  const shell = useRouteLoaderData<typeof loader>("routes/_app");
  const theme = useRouteLoaderData<typeof rootLoader>("root")?.theme ?? "system";
  if (!shell) return <BareShell>{children}</BareShell>;
  const banners = (
    <div className="grid gap-2 empty:hidden">
      <Alarms alarms={shell.alarms} sender={shell.sender} role={shell.user.role} />
      <SandboxBanner sandbox={shell.sandbox} reminders={shell.reminders} defaultOpen={shell.bannerOpen} />
    </div>
  );
  return (
    <AppShell user={shell.user} theme={theme} inbox={shell.inbox} banners={banners}>
      {children}
    </AppShell>
  );
}

function PageOrSkeleton() {
  const { pathname } = useLocation();
  const { location, state } = useNavigation();
  const leaving = state === "loading" && section(location.pathname) !== section(pathname);
  return useDelayed(leaving, 400) ? <PageSkeleton /> : <Outlet />;
}

function section(pathname: string): string {
  return pathname.split("/")[1] ?? "";
}
