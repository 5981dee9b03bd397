import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "#app/routes/_app.tsx";

/** What the shell knows of the sandbox: number, join code, limits. Only inside the shell. */
export function useSandbox() {
  const shell = useRouteLoaderData<typeof loader>("routes/_app");
  if (!shell) throw new Error("useSandbox needs the shell around it");
  return shell.sandbox;
}
