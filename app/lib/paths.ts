// Every address of the dashboard, in one place: Remix 2 has no typed routes.
import type { MessageStatus } from "#server/domain/message-status.ts";
import type { HitKind } from "#server/domain/signature-match.ts";

function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const entries = Object.entries(query).flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}

const withParams = (path: string, params: URLSearchParams): string =>
  params.size === 0 ? path : `${path}?${params}`;

type HistoryFilters = {
  recherche?: string;
  statut?: MessageStatus | null;
  campagne?: number;
  erreur?: number;
  du?: string;
  au?: string;
};

type HitFilters = {
  recherche?: string;
  verdict?: "accepted" | "refused";
  type?: HitKind;
  suite?: "waiting" | "applied";
};

export const paths = {
  signIn: (next?: string) => withQuery("/connexion", { suite: next }),
  signInCode: (next?: string | null) => withQuery("/connexion/code", { suite: next }),
  signOut: "/deconnexion",
  resetLink: (token: string) => withQuery("/mot-de-passe", { jeton: token }),
  theme: "/apparence",
  search: (text: string) => withQuery("/recherche", { q: text }),
  users: "/utilisateurs",
  newUser: "/utilisateurs?ajouter=1",
  account: "/compte",
  errorGuide: (code?: number) => `/guide-des-erreurs${code === undefined ? "" : `#${code}`}`,
  sandbox: (query: { liste?: string | undefined } = {}) => withQuery("/sandbox", query),
  sandboxPoster: "/sandbox/affiche",
  sender: "/expediteur",
  audience: (categoryIds: readonly number[]) =>
    `/destinataires?${new URLSearchParams(categoryIds.map((id) => ["categorie", String(id)]))}`,
  contacts: (query: { recherche?: string; categorie?: number } = {}) => withQuery("/contacts", query),
  imports: "/contacts/importer",
  import: (id: number, query: { verdict?: string | null; etape?: string; page?: number } = {}) =>
    withQuery(`/contacts/importer/${id}`, query),
  refusedLines: (id: number) => `/contacts/importer/${id}/refusees.csv`,
  exportContacts: (filter: URLSearchParams) => withParams("/contacts/export.csv", filter),
  newContact: "/contacts/nouveau",
  contact: (id: number, query: { historique?: string | null; avant?: string } = {}) =>
    withQuery(`/contacts/${id}`, query),
  contactData: (id: number) => `/contacts/${id}/donnees.json`,
  conversations: (query: { filtre?: string | null; recherche?: string | null } = {}) =>
    withQuery("/conversations", query),
  conversation: (
    id: number,
    query: {
      fil?: string | null;
      reponse?: string | null;
      modele?: number | null;
      filtre?: string | null;
      recherche?: string | null;
    } = {},
  ) => withQuery(`/conversations/${id}`, query),
  media: (contactId: number, id: number, index: number) =>
    `/conversations/${contactId}/medias/${id}/${index}`,
  stranger: (id: number) => `/conversations/inconnus/${id}`,
  strangerMedia: (strangerId: number, id: number, index: number) =>
    `/conversations/inconnus/${strangerId}/medias/${id}/${index}`,
  quickReplies: "/conversations/reponses-rapides",
  categories: "/categories",
  newCategory: "/categories?ajouter=1",
  hits: (query: HitFilters = {}) => withQuery("/webhooks", query),
  hit: (id: number) => `/webhooks/${id}`,
  audit: (query: { recherche?: string } = {}) => withQuery("/journal", query),
  exportAudit: (filter: URLSearchParams) => withParams("/journal/export.csv", filter),
  doctor: "/controles",
  campaigns: "/campagnes",
  campaignList: (query: { recherche?: string | null; statut?: string; archives?: "1" }) =>
    withQuery("/campagnes", query),
  newCampaign: "/campagnes/nouvelle",
  dashboard: (query: { jours?: number } = {}) => withQuery("/tableau-de-bord", query),
  campaignChoices: (text: string) => withQuery("/messages/campagnes", { q: text }),
  messages: (query: HistoryFilters = {}) => withQuery("/messages", query),
  campaign: (id: number, query: { statut?: MessageStatus | null } = {}) =>
    withQuery(`/campagnes/${id}`, query),
  exportCampaign: (id: number) => `/campagnes/${id}/resultats.csv`,
  exportMessages: (filter: URLSearchParams) => withParams("/messages/export.csv", filter),
  editCampaign: (id: number) => `/campagnes/${id}/modifier`,
  proof: (id: number) => `/campagnes/${id}/preuve`,
  message: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}`,
  candidates: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}/candidats`,
  journal: (campaignId: number, id: number) => `/campagnes/${campaignId}/messages/${id}/journal.json`,
};
