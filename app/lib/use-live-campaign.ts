// The pages that follow campaigns and contacts; the stream they share is in lib/live.tsx.
import { useCallback } from "react";
import { type Interest, type LiveMode, useLive } from "#app/lib/live.tsx";

/** Of lists that are read rather than watched: they move at leisure. */
const listMs = 5000;
const contactMs = 1000;
const proofMs = 15_000;

const anyCampaign: Interest = ({ all, campaignIds }) => all || campaignIds.length > 0;

/** Reads the page again whenever something of this campaign changed. */
export function useLiveCampaign(id: number): LiveMode {
  return useLive(useCallback(({ all, campaignIds }) => all || campaignIds.includes(id), [id]));
}

/** Reads the page again whenever something of any of the user's campaigns changed. */
export function useLiveCampaigns(): LiveMode {
  return useLive(anyCampaign);
}

/** Reads a list of messages again, now and then while something of any of the user's campaigns changes. */
export function useLiveHistory(): LiveMode {
  return useLive(anyCampaign, listMs);
}

/** Has a campaign proven again while something of it changes; every row is read for that. */
export function useLiveProof(id: number): LiveMode {
  return useLive(
    useCallback(({ all, campaignIds }) => all || campaignIds.includes(id), [id]),
    proofMs,
  );
}

const anyContact: Interest = ({ all, contactIds }) => all || contactIds.length > 0;

/** Reads the list again, now and then while any of the user's contacts write, join, leave or are corrected. */
export function useLiveContacts(): LiveMode {
  return useLive(anyContact, listMs);
}

/** Reads the page of a contact again whenever the contact writes or changes, and when a message to them may have moved. */
export function useLiveContact(id: number): LiveMode {
  return useLive(
    useCallback(
      ({ all, campaignIds, contactIds }) => all || campaignIds.length > 0 || contactIds.includes(id),
      [id],
    ),
    contactMs,
  );
}
