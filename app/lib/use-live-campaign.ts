// The pages that follow campaigns; the stream they share is in lib/live.tsx.
import { useCallback } from "react";
import { type Interest, type LiveMode, useLive } from "#app/lib/live.tsx";

const anyCampaign: Interest = ({ all, campaignIds }) => all || campaignIds.length > 0;

/** Reads the page again whenever something of this campaign changed. */
export function useLiveCampaign(id: number): LiveMode {
  return useLive(useCallback(({ all, campaignIds }) => all || campaignIds.includes(id), [id]));
}

/** Reads the page again whenever something of any of the user's campaigns changed. */
export function useLiveCampaigns(): LiveMode {
  return useLive(anyCampaign);
}
