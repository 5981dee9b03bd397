// How the history of messages is asked for in an address. The page and its export read the same address.
import { dayOf, positiveInteger } from "#app/lib/search-params.ts";
import type { HistoryFilter } from "#server/domain/inputs.ts";
import { messageStatuses } from "#server/domain/message-status.ts";

/** The filter of an address; what it does not know is as if it were not there. */
export function historyQueryOf(params: URLSearchParams): HistoryFilter {
  return {
    search: params.get("recherche")?.replaceAll("\0", "").trim().slice(0, 100) || null,
    status: messageStatuses.find((status) => status === params.get("statut")) ?? null,
    campaignId: positiveInteger(params.get("campagne")),
    errorCode: positiveInteger(params.get("erreur")),
    from: dayOf(params.get("du")),
    to: dayOf(params.get("au")),
  };
}
