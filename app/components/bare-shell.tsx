import type { ReactNode } from "react";
import { Wordmark } from "#app/components/logo.tsx";

/** Around what is shown when not even the navigation could be drawn. */
export function BareShell({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="px-4 py-4 sm:px-8 sm:py-6">
        <Wordmark />
      </header>
      <main>{children}</main>
    </>
  );
}
