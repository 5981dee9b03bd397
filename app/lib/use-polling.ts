import { useFetchers, useNavigation, useRevalidator } from "@remix-run/react";
import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { writeCookie } from "#app/lib/browser-cookie.ts";
import { readPageOnly } from "#app/lib/quiet-scope.ts";
import { isServerReady } from "#app/lib/server-ready.ts";

const askAgainMs = 3000;
const busyMs = 50;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Longer than a reading takes; should its end never come, the session notices its user again after that. */
const quietSeconds = 10;

/**
 * Whether a page or an action is on its way, as the router knows it before React shows it. A reading that begins between
 * an action and its answer would make the router drop what the answer leads to.
 */
function isRouterBusy(): boolean {
  const { navigation, fetchers } = window.__remixRouter.state;
  return navigation.state !== "idle" || [...fetchers.values()].some(({ state }) => state !== "idle");
}

/**
 * Reads the page's data again without getting in the way: one reading at a time (what is asked for meanwhile follows it),
 * and none while the person is on their way to another page or has just pressed a button. The server is told that nobody
 * did anything (lib/session.server.ts, `isQuiet`), so that a page left open does not keep its session alive.
 * With the scope "page" what is around the page is not read. A reading that fails would put an error page in the place of
 * what is shown, and of what was typed: whether server and database are there is asked first.
 */
export function useQuietRevalidation(): (scope?: "page" | "everything") => void {
  const { revalidate, state } = useRevalidator();
  const leaving = useNavigation().state !== "idle";
  const acting = useFetchers().some((fetcher) => fetcher.state !== "idle");
  const busy = leaving || acting || state !== "idle";
  const [due, setDue] = useState(false);
  const everything = useRef(false);

  useEffect(() => {
    if (busy || !due) return;
    let left = false;
    const read = async () => {
      // the news may have waited: a form may just have been answered that the database is away
      while (!left && !(await isServerReady())) await pause(askAgainMs);
      while (!left && isRouterBusy()) await pause(busyMs);
      if (left) return;
      setDue(false);
      readPageOnly(!everything.current);
      everything.current = false;
      writeCookie("relance_quiet", "1", quietSeconds);
      revalidate();
    };
    void read();
    return () => {
      left = true;
    };
  }, [busy, due, revalidate]);

  useEffect(() => {
    if (!busy) return;
    return () => {
      writeCookie("relance_quiet", "", 0);
      readPageOnly(false);
    };
  }, [busy]);

  // The router tells React what it does in transitions. As one more of them this stands in line behind what the router
  // has begun and React not yet shown, and breaks none of it off.
  return useCallback((scope = "everything") => {
    if (scope === "everything") everything.current = true;
    startTransition(() => setDue(true));
  }, []);
}

/**
 * Reads the page's data again at an interval while `active`; not in a tab nobody looks at.
 */
export function usePolling(active: boolean, intervalMs: number): void {
  const revalidate = useQuietRevalidation();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") revalidate();
    }, intervalMs);
    return () => clearInterval(timer);
  }, [active, intervalMs, revalidate]);
}
