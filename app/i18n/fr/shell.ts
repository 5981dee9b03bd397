import { plural } from "#app/i18n/plural.ts";
import type { SenderPauseReason } from "#server/domain/failures.ts";

export const shell = {
  skipToContent: "Aller au contenu",
  navigation: "Navigation principale",
  dashboard: "Tableau de bord",
  dashboardShort: "Accueil",
  campaigns: "Campagnes",
  conversations: "Conversations",
  conversationsShort: "Échanges",
  messages: "Messages",
  contacts: "Contacts",
  sandbox: "Sandbox",
  categories: "Catégories",
  users: "Utilisateurs",
  errorGuide: "Guide des erreurs",
  webhooks: "Webhooks",
  audit: "Journal d’audit",
  imports: "Importer des contacts",
  checks: "Contrôles",
  quickReplies: "Réponses rapides",
  newUser: "Nouveau compte",
  unreadMany: "99+",
  unreadConversations: (total: number) =>
    total > 99
      ? "plus de 99 conversations non lues"
      : plural(total, "conversation non lue", "conversations non lues"),
  more: "Plus",
  account: "Compte",
  ownAccount: "Mon compte",
  roles: { super_admin: "Super administrateur", admin: "Administrateur" },
  signOut: "Se déconnecter",
  theme: {
    label: "Apparence",
    light: "Clair",
    dark: "Sombre",
    system: "Comme l’appareil",
  },
  senderPaused: {
    title: "Envois suspendus",
    resume: "Reprendre les envois",
    until: (time: string) => `Ils reprendront d’eux-mêmes ${time}.`,
    manual: "Corrigez la cause, puis reprenez les envois.",
    resumed: "Les envois reprennent.",
    reasons: {
      account: "Twilio refuse tous les envois de ce compte.",
      sender_not_found: "Twilio ne reconnaît pas l’expéditeur : trois refus de suite.",
      twilio_unreachable:
        "Twilio ne répond plus. Rien n’est renvoyé à l’aveugle : les envois reprendront d’eux-mêmes quand il répondra.",
    } satisfies Record<SenderPauseReason, string> as Record<string, string>,
    otherReason: "Les envois de ce numéro sont suspendus.",
  },
  live: {
    on: "En direct",
    polling: "Actualisation toutes les 5 s",
    connecting: "Connexion…",
  },
};
