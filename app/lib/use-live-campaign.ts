// Keeps a campaign's page true: the event stream says when something changed, the loaders read it again. When the stream
// fails the page asks every five seconds until it stands again.
import { useEffect, useState } from "react";
import { trpc } from "#app/lib/trpc-client.ts";
import { usePolling, useQuietRevalidation } from "#app/lib/use-polling.ts";

export type LiveMode = "connecting" | "live" | "polling";

const pollMs = 5000;
const reopenMs = 15_000;

/** Of one campaign. */
export function useLiveCampaign(id: number): LiveMode {
  return useStream(id);
}

/** Of all campaigns the user may see. */
export function useLiveCampaigns(): LiveMode {
  return useStream(null);
}

function useStream(id: number | null): LiveMode {
  const [mode, setMode] = useState<LiveMode>("connecting");
  const [opening, setOpening] = useState(0);
  const revalidate = useQuietRevalidation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `opening` opens the stream anew
  useEffect(() => {
    let reopen: ReturnType<typeof setTimeout> | undefined;
    const heard = {
      onData: () => {
        setMode("live");
        revalidate();
      },
      onConnectionStateChange: ({ state, error }: { state: string; error: unknown }) => {
        // an error: not the first attempt to connect
        if (state === "connecting" && error) setMode("polling");
        if (state === "pending") setMode("live");
      },
      onError: () => {
        setMode("polling");
        reopen = setTimeout(() => setOpening((count) => count + 1), reopenMs);
      },
    };
    const stream =
      id === null
        ? trpc.stats.changes.subscribe(undefined, heard)
        : trpc.campaigns.changes.subscribe({ id }, heard);
    return () => {
      clearTimeout(reopen);
      stream.unsubscribe();
    };
  }, [id, opening, revalidate]);

  usePolling(mode !== "live", pollMs);
  return mode;
}
