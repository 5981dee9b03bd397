import { useFetchers, useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";
import { writeCookie } from "#app/lib/browser-cookie.ts";
import { isServerReady } from "#app/lib/server-ready.ts";

/** Longer than a reading takes; should its end never come, the session notices its user again after that. */
const quietSeconds = 10;

/**
 * Reads the page's data again without getting in the way: one reading at a time (what is asked for meanwhile follows it),
 * and none while the person is on their way to another page or has just pressed a button. The server is told that nobody
 * did anything (lib/session.server.ts, `isQuiet`), so that a page left open does not keep its session alive.
 */
export function useQuietRevalidation(): () => void {
  const { revalidate, state } = useRevalidator();
  const leaving = useNavigation().state !== "idle";
  const acting = useFetchers().some((fetcher) => fetcher.state !== "idle");
  const busy = leaving || acting || state !== "idle";
  const current = useRef({ busy, revalidate, again: false });
  current.current.busy = busy;
  current.current.revalidate = revalidate;

  const read = useCallback(() => {
    writeCookie("relance_quiet", "1", quietSeconds);
    current.current.revalidate();
  }, []);

  useEffect(() => {
    if (busy) return () => writeCookie("relance_quiet", "", 0);
    if (!current.current.again) return;
    current.current.again = false;
    read();
  }, [busy, read]);

  return useCallback(() => {
    if (current.current.busy) current.current.again = true;
    else read();
  }, [read]);
}

/**
 * Reads the page's data again at an interval while `active`; not in a tab nobody looks at, and not while server or
 * database are away: a reading that fails would put an error page in the place of what is shown.
 */
export function usePolling(active: boolean, intervalMs: number): void {
  const revalidate = useQuietRevalidation();
  useEffect(() => {
    if (!active) return;
    let left = false;
    const timer = setInterval(async () => {
      if (document.visibilityState === "visible" && (await isServerReady()) && !left) revalidate();
    }, intervalMs);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [active, intervalMs, revalidate]);
}
