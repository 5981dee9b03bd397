// The filters of the history of messages as its addresses have them: the page and the file are about the same messages.
import { dayOf, positiveInteger } from "#app/lib/search-params.ts";
import type { MessageFilter } from "#server/domain/inputs.ts";
import { messageStatuses } from "#server/domain/message-status.ts";

/** What is no such thing filters nothing. */
export function historyQueryOf(params: URLSearchParams): MessageFilter {
  // one of Twilio's codes, or a reason without one
  const failedBy = params.get("erreur");
  return {
    search: params.get("recherche")?.replaceAll("\0", "").trim().slice(0, 100) || null,
    status: messageStatuses.find((status) => status === params.get("statut")) ?? null,
    campaignId: positiveInteger(params.get("campagne")),
    errorCode: positiveInteger(failedBy),
    reason: positiveInteger(failedBy) ? null : failedBy?.replaceAll("\0", "").slice(0, 200) || null,
    from: dayOf(params.get("du")),
    to: dayOf(params.get("au")),
  };
}
