import { useCallback, useEffect, useRef, useState } from "react";
import { useNews } from "#app/lib/live.tsx";
import { trpc } from "#app/lib/trpc-client.ts";
import type { InboxCounts } from "#server/conversations/views.ts";

/** Many contacts may write at once. */
const askAgainMs = 2000;

/** How many conversations hold something unread: as the page came with it, then as the news have it. */
export function useUnread(counts: InboxCounts): InboxCounts {
  const [latest, setLatest] = useState(counts);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setLatest(counts), [counts]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useNews(
    useCallback(({ all, contactIds, strangers }) => {
      if (timer.current || !(all || contactIds.length > 0 || strangers)) return;
      timer.current = setTimeout(() => {
        timer.current = undefined;
        // a failure leaves the number that was: the next news, or the next page, brings it right
        trpc.conversations.counts.query().then(setLatest, () => {});
      }, askAgainMs);
    }, []),
  );
  return latest;
}
