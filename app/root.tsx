import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import favicon from "#app/assets/favicon.svg";
import { BareShell } from "#app/components/bare-shell.tsx";
import { ErrorPage, errorTitle } from "#app/components/error-page.tsx";
import { NavigationBar } from "#app/components/navigation-bar.tsx";
import { ScrollPositions } from "#app/components/scroll-positions.tsx";
import { Toasts } from "#app/components/toasts.tsx";
import { fr } from "#app/i18n/fr.ts";
import { ClockProvider } from "#app/lib/clock.tsx";
import { useNonce } from "#app/lib/nonce.ts";
import { themeOf } from "#app/lib/preferences.server.ts";
import { shellRevalidates } from "#app/lib/quiet-scope.ts";
import "./tailwind.css";

export const shouldRevalidate = shellRevalidates;

export const links: LinksFunction = () => [{ rel: "icon", type: "image/svg+xml", href: favicon }];

export const meta: MetaFunction = ({ error }) => [
  { title: error ? errorTitle(error) : fr.common.appName },
  { name: "description", content: fr.common.tagline },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return {
    theme: await themeOf(request),
    timeZone: context.services.env.tzDisplay,
    now: new Date(),
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  return (
    <html lang="fr" className={root?.theme ?? "system"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollPositions nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  const root = useRouteLoaderData<typeof loader>("root");
  if (!root) return null;
  return (
    <ClockProvider serverNow={root.now} timeZone={root.timeZone}>
      <NavigationBar />
      <Outlet />
      <Toasts theme={root.theme} />
    </ClockProvider>
  );
}

export function ErrorBoundary() {
  return (
    <BareShell>
      <ErrorPage />
    </BareShell>
  );
}
