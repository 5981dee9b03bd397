// Every address of the dashboard, in one place: Remix 2 has no typed routes.
import type { MessageStatus } from "#server/domain/message-status.ts";

function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const entries = Object.entries(query).flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}

type HistoryFilters = {
  recherche?: string;
  statut?: MessageStatus | null;
  campagne?: number;
  erreur?: number;
  du?: string;
  au?: string;
};

export const paths = {
  signIn: (next?: string) => withQuery("/connexion", { suite: next }),
  signOut: "/deconnexion",
  theme: "/apparence",
  sender: "/expediteur",
  audience: (categoryIds: readonly number[]) =>
    `/destinataires?${new URLSearchParams(categoryIds.map((id) => ["categorie", String(id)]))}`,
  contacts: (query: { recherche?: string; categorie?: number } = {}) => withQuery("/contacts", query),
  newContact: "/contacts/nouveau",
  contact: (id: number) => `/contacts/${id}`,
  categories: "/categories",
  campaigns: "/campagnes",
  newCampaign: "/campagnes/nouvelle",
  dashboard: (query: { jours?: number } = {}) => withQuery("/tableau-de-bord", query),
  messages: (query: HistoryFilters = {}) => withQuery("/messages", query),
  campaign: (id: number, query: { statut?: MessageStatus | null } = {}) =>
    withQuery(`/campagnes/${id}`, query),
  editCampaign: (id: number) => `/campagnes/${id}/modifier`,
  proof: (id: number) => `/campagnes/${id}/preuve`,
  message: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}`,
  candidates: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}/candidats`,
  journal: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}/journal.json`,
};
