import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { paths } from "#app/lib/paths.ts";
import type { loader } from "#app/routes/destinataires.ts";
import type { Audience } from "#server/campaigns/views.ts";

const nobody: Audience = { recipients: 0, excluded: 0, notJoined: 0, samples: [] };

/** Whom these categories reach, asked of the server at every change; null until the first answer. */
export function useAudience(categoryIds: readonly number[]): Audience | null {
  const { load, data } = useFetcher<typeof loader>();
  const address = categoryIds.length === 0 ? null : paths.audience(categoryIds);
  useEffect(() => {
    if (address) load(address);
  }, [address, load]);
  return address === null ? nobody : (data ?? null);
}
