import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { paths } from "#app/lib/paths.ts";
import type { loader } from "#app/routes/campagnes.$campaignId.messages.$messageId.candidats.ts";
import type { Candidate } from "#server/messages/views.ts";

type Asked = { campaignId: number; messageId: number; loaded: Candidate[] | null | undefined };

/**
 * What the page came with. While it keeps itself up to date Twilio is not asked (`loaded` is undefined): what was known
 * stays, and what never was is fetched once. Undefined: not known yet.
 */
export function useCandidates({ campaignId, messageId, loaded }: Asked): Candidate[] | null | undefined {
  const fetcher = useFetcher<typeof loader>();
  const known = useRef(loaded);
  if (loaded !== undefined) known.current = loaded;
  const missing = known.current === undefined && fetcher.data === undefined;
  const { load } = fetcher;
  useEffect(() => {
    if (missing) load(paths.candidates(campaignId, messageId));
  }, [missing, load, campaignId, messageId]);
  return known.current === undefined ? fetcher.data?.candidates : known.current;
}
