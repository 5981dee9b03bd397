// How the inbox is asked for in an address; the thread beside it keeps what was asked.
import { type InboxInput, inboxFilters } from "#server/domain/inputs.ts";

/** `strangers`: those who are in no contacts, for super admins. */
export type InboxFilter = NonNullable<InboxInput["filter"]> | "strangers";

export type InboxQuery = { search: string; filter: InboxFilter | null };

/** What an address asks for; what it does not know is as if it were not there. */
export function inboxQueryOf(params: URLSearchParams): InboxQuery {
  const filter = params.get("filtre");
  return {
    search: params.get("recherche")?.replaceAll("\0", "").trim().slice(0, 100) ?? "",
    filter: filter === "inconnus" ? "strangers" : (inboxFilters.find((one) => one === filter) ?? null),
  };
}

/** The filter's word in an address. */
export function filterWord(filter: InboxFilter | null): string | null {
  return filter === "strangers" ? "inconnus" : filter;
}

/** Of an address of the inbox, what another conversation beside the same list keeps. */
export function listPart(params: URLSearchParams): string {
  const kept = ["filtre", "recherche", "avant", "apres"].flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  });
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
}
