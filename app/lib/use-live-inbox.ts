// The pages that follow conversations; the stream they share is in lib/live.tsx.
import { useCallback } from "react";
import { type Interest, type LiveMode, useLive } from "#app/lib/live.tsx";

const anyConversation: Interest = ({ all, contactIds, strangers }) =>
  all || strangers || contactIds.length > 0;

/** Reads the inbox, and the conversation beside it, again whenever anything was said. */
export function useLiveInbox(): LiveMode {
  return useLive(anyConversation);
}

/** Reads the page again whenever something of one of these campaigns changed: a message of theirs moved on. */
export function useLiveCampaignsOf(ids: readonly number[]): void {
  const key = [...new Set(ids)].sort((a, b) => a - b).join(",");
  useLive(
    useCallback(
      ({ campaignIds }) => {
        const followed = new Set(key.split(",").map(Number));
        return campaignIds.some((id) => followed.has(id));
      },
      [key],
    ),
  );
}
