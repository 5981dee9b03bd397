import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { plural } from "#app/i18n/plural.ts";

export const frAccount = frenchSpaces({
  title: shell.ownAccount,
  password: {
    title: "Changer de mot de passe",
    hint: "Vos autres sessions se terminent, celle‑ci continue.",
    current: "Mot de passe actuel",
    next: "Nouveau mot de passe",
    nextHint: "Au moins 12 caractères, sans autre règle. Quelques mots sans rapport se retiennent bien.",
    save: "Changer le mot de passe",
    done: "Mot de passe changé. Vos autres sessions sont terminées.",
  },
  twoFactor: {
    title: "Double authentification",
    hint: "Un code de votre téléphone en plus du mot de passe.",
    on: "Active",
    off: "Inactive",
    since: (when: string) => `Activée ${when}.`,
    codesLeft: (left: number) =>
      left === 0
        ? "Il ne reste aucun code de secours : créez-en de nouveaux."
        : `Il reste ${plural(left, "code de secours", "codes de secours")}.`,
    ownPassword: "Votre mot de passe",
    start: "Activer",
    scan: "Ouvrez votre application d’authentification (Google Authenticator, Aegis, 1Password…) et lisez ce code QR.",
    qr: "Code QR à lire avec l’application d’authentification",
    typed: "Ou tapez cette clé dans l’application :",
    code: "Code affiché par l’application",
    confirm: "Vérifier le code",
    cancel: "Abandonner",
    cancelled: "Rien n’a changé : votre mot de passe suffit.",
    renew: "Nouveaux codes de secours",
    remove: "Désactiver",
    removed: "Double authentification désactivée.",
    codes: {
      title: "Vos codes de secours",
      text: "Chacun ouvre votre compte une fois, si votre téléphone n’est pas là. Ils ne sont montrés qu’ici et qu’une fois : gardez-les en lieu sûr.",
    },
  },
  signIns: {
    title: "Dernières connexions",
    hint: "Ce qui a été tenté avec votre adresse depuis 90 jours. Un échec que vous n’expliquez pas ? Changez de mot de passe.",
    none: "Aucune connexion enregistrée pour l’instant.",
    succeeded: "Réussie",
    failed: {
      password: "Mot de passe refusé",
      code: "Code refusé",
      confirmation: "Mot de passe refusé, session ouverte",
    },
  },
  tokens: {
    title: "Jetons d’API",
    hint: "Pour qu’un programme appelle /api/trpc en votre nom, avec l’en-tête « Authorization: Bearer … ».",
    none: "Aucun jeton. Créez-en un par programme : chacun se révoque seul.",
    name: "Nom",
    namePlaceholder: "Export du lundi",
    scope: "Droits",
    scopes: { read: "Lire", write: "Lire et modifier" },
    days: "Validité",
    dayCount: (days: number) => plural(days, "jour", "jours"),
    create: "Créer le jeton",
    made: "Voici le jeton. Il n’est montré qu’ici et qu’une fois : copiez-le maintenant.",
    token: "Jeton",
    expires: (when: string) => `expire ${when}`,
    expired: "Expiré",
    used: (when: string, ip: string) => `utilisé ${when} depuis ${ip}`,
    unused: "jamais utilisé",
    revoke: "Révoquer",
    revokeLabel: (name: string) => `Révoquer le jeton ${name}`,
    revokeTitle: (name: string) => `Révoquer le jeton « ${name} » ?`,
    revokeText: "Le programme qui s’en sert n’aura plus accès, aussitôt.",
    revoked: "Jeton révoqué.",
  },
  sessions: {
    title: "Sessions ouvertes",
    hint: "Une session se termine d’elle-même après 30 minutes sans activité.",
    current: "Cette session",
    unknown: "Appareil inconnu",
    device: (browser: string, system: string) => `${browser} sur ${system}`,
    opened: (when: string) => `ouverte ${when}`,
    seen: (when: string) => `active ${when}`,
    end: "Terminer",
    endLabel: (device: string) => `Terminer la session ${device}`,
    endOthers: "Terminer les autres sessions",
    ended: (total: number) =>
      total === 0
        ? "Cette session était déjà terminée."
        : `${plural(total, "session terminée", "sessions terminées")}.`,
  },
});
