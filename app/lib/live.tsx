// Keeps the tab true: one event stream says what changed, and the page that shows it is read again. While the stream fails
// the page asks every five seconds until it stands again. A tab nobody looks at has none: browsers allow only a few.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { trpc } from "#app/lib/trpc-client.ts";
import { usePolling, useQuietRevalidation } from "#app/lib/use-polling.ts";
import type { LiveNews } from "#server/live/views.ts";

export type LiveMode = "connecting" | "live" | "polling";

/** Whether a page shows what changed. */
export type Interest = (news: LiveNews) => boolean;

type Listener = (news: LiveNews) => void;

type Live = {
  mode: LiveMode;
  /** until what it gives back is called; read again after `paceMs` at the earliest */
  watch: (interest: Interest, paceMs: number) => () => void;
  /** until what it gives back is called, for who does not need the page read again */
  listen: (listener: Listener) => () => void;
};

const LiveContext = createContext<Live | null>(null);

const pollMs = 5000;
const reopenMs = 15_000;
/** Longer than a page takes from its reading to its appearance. */
const onTheWayMs = 2000;
const closeHiddenMs = 30_000;

export function LiveProvider({ children }: { children: ReactNode }) {
  const interests = useRef(new Map<Interest, number>());
  const listeners = useRef(new Set<Listener>());
  const [watched, setWatched] = useState(0);
  const revalidate = useQuietRevalidation();

  const recent = useRef<{ news: LiveNews; at: number }[]>([]);
  const readPage = usePaced(useCallback(() => revalidate("page"), [revalidate]));

  const watch = useCallback(
    (interest: Interest, paceMs: number) => {
      interests.current.set(interest, paceMs);
      setWatched(interests.current.size);
      // what was told while this page was on its way
      if (recent.current.some(({ news, at }) => Date.now() - at < onTheWayMs && interest(news))) {
        readPage(paceMs);
      }
      return () => {
        interests.current.delete(interest);
        setWatched(interests.current.size);
      };
    },
    [readPage],
  );

  const listen = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);

  const mode = useStream(
    useCallback(
      (news, isFirst) => {
        for (const listener of listeners.current) listener(news);
        recent.current = [...recent.current.slice(-20), { news, at: Date.now() }];
        // the shell has come with the page a moment ago
        if (news.sender && !isFirst) return revalidate("everything");
        const paces = [...interests.current].flatMap(([interest, paceMs]) =>
          interest(news) ? [paceMs] : [],
        );
        if (paces.length > 0) readPage(Math.min(...paces));
      },
      [revalidate, readPage],
    ),
  );
  usePolling(mode !== "live" && watched > 0, pollMs);
  const live = useMemo(() => ({ mode, watch, listen }), [mode, watch, listen]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

/** Calls at once, or when so long has passed since the last call: whatever is asked for meanwhile is that one call. */
function usePaced(call: () => void): (paceMs: number) => void {
  const calledAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (paceMs) => {
      clearTimeout(timer.current);
      const now = () => {
        calledAt.current = Date.now();
        call();
      };
      const wait = calledAt.current + paceMs - Date.now();
      if (wait <= 0) now();
      else timer.current = setTimeout(now, wait);
    },
    [call],
  );
}

/**
 * The page that calls it is read again when its interest says so, not sooner than `paceMs` after the last time; give the
 * same function at every render.
 */
export function useLive(interest: Interest, paceMs = 0): LiveMode {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveProvider above");
  const { mode, watch } = live;
  useEffect(() => watch(interest, paceMs), [watch, interest, paceMs]);
  return mode;
}

/** Is told all news; around an error page there are none. Give the same function at every render. */
export function useNews(listener: Listener): void {
  const listen = useContext(LiveContext)?.listen;
  useEffect(() => listen?.(listener), [listen, listener]);
}

function useStream(onNews: (news: LiveNews, isFirst: boolean) => void): LiveMode {
  const [mode, setMode] = useState<LiveMode>("connecting");
  const [opening, setOpening] = useState(0);
  const isFirst = useRef(true);
  const looked = useLookedAt();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `opening` opens the stream anew
  useEffect(() => {
    if (!looked) return;
    let reopen: ReturnType<typeof setTimeout> | undefined;
    const stream = trpc.live.changes.subscribe(undefined, {
      onData: (news) => {
        setMode("live");
        onNews(news, isFirst.current);
        isFirst.current = false;
      },
      onConnectionStateChange: ({ state, error }) => {
        // an error: not the first attempt to connect
        if (state === "connecting" && error) setMode("polling");
        if (state === "pending") setMode("live");
      },
      onError: () => {
        setMode("polling");
        reopen = setTimeout(() => setOpening((count) => count + 1), reopenMs);
      },
    });
    return () => {
      clearTimeout(reopen);
      stream.unsubscribe();
    };
  }, [looked, opening, onNews]);

  return mode;
}

/** False once the tab has been hidden for a while. */
function useLookedAt(): boolean {
  const [looked, setLooked] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") setLooked(true);
      else timer = setTimeout(() => setLooked(false), closeHiddenMs);
    };
    document.addEventListener("visibilitychange", onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onChange);
    };
  }, []);
  return looked;
}
