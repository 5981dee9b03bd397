import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { writeCookie } from "#app/lib/browser-cookie.ts";

type Unread = {
  /** whether it is this user's reading that counts */
  active: boolean;
  /** the newest message received */
  upTo: number | null;
};

/**
 * Tells the server that what is on the page has been read, once for each new message, as soon as somebody can see it. The
 * page does it by itself: that is no activity of the session (lib/session.server.ts, `isQuiet`).
 */
export function useMarkRead({ active, upTo }: Unread): void {
  const fetcher = useFetcher();
  const told = useRef<number | null>(null);
  const { submit, state } = fetcher;

  useEffect(() => {
    if (!active || upTo === null) return;
    function tell() {
      if (document.visibilityState !== "visible" || told.current === upTo) return;
      told.current = upTo;
      writeCookie("relance_quiet", "1", 10);
      submit({ intent: "read", upTo: String(upTo), byItself: "1" }, { method: "post" });
    }
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [active, upTo, submit]);

  useEffect(() => {
    if (state === "idle") return;
    return () => writeCookie("relance_quiet", "", 0);
  }, [state]);
}
