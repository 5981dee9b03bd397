import { positiveInteger } from "#app/lib/search-params.ts";
import { type CampaignStatus, campaignStatuses } from "#server/domain/campaign-status.ts";

export type CampaignFilter = { search: string; status: CampaignStatus | null; archived: boolean };

/** What the address of the list asks for; nonsense asks for nothing. */
export function readCampaignFilter(params: URLSearchParams): CampaignFilter & {
  after: number | null;
  before: number | null;
} {
  return {
    search: (params.get("recherche") ?? "").replaceAll("\0", "").trim().slice(0, 100),
    status: campaignStatuses.find((one) => one === params.get("statut")) ?? null,
    archived: params.get("archives") === "1",
    after: positiveInteger(params.get("apres")),
    before: positiveInteger(params.get("avant")),
  };
}
