import { plural } from "#app/i18n/plural.ts";

export const account = {
  title: "Mon compte",
  password: {
    title: "Changer de mot de passe",
    hint: "Vos autres sessions se terminent, celle‑ci continue.",
    current: "Mot de passe actuel",
    next: "Nouveau mot de passe",
    nextHint: "Au moins 10 caractères. Une phrase se retient mieux qu’un mot.",
    save: "Changer le mot de passe",
    done: "Mot de passe changé. Vos autres sessions sont terminées.",
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
};
