// How the list of contacts is asked for in an address: search, filters, order. The list, what is done to all it shows and
// its export read the same address.
import { positiveInteger } from "#app/lib/search-params.ts";
import { type ContactSort, contactSituations, contactSorts } from "#server/domain/inputs.ts";
import { type MembershipState, membershipStates } from "#server/domain/sandbox-membership.ts";

type Situation = (typeof contactSituations)[number];

export type ContactQuery = {
  search: string;
  categoryId: number | null;
  state: MembershipState | null;
  situation: Situation | null;
};

/** The filter of an address; what it does not know is as if it were not there. */
export function contactQueryOf(params: URLSearchParams): ContactQuery {
  return {
    search: params.get("recherche")?.replaceAll("\0", "").trim().slice(0, 100) ?? "",
    categoryId: positiveInteger(params.get("categorie")),
    state: oneOf(membershipStates, params.get("etat")),
    situation: oneOf(contactSituations, params.get("situation")),
  };
}

export function contactSortOf(params: URLSearchParams): ContactSort {
  return oneOf(contactSorts, params.get("tri")) ?? "recent";
}

export function isFiltered(query: ContactQuery): boolean {
  return query.search !== "" || query.categoryId !== null || query.state !== null || query.situation !== null;
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null): Value | null {
  return values.find((value) => value === text) ?? null;
}
