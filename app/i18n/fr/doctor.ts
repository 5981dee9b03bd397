import { type CheckText, checkText as text } from "#app/i18n/fr/check-text.ts";
import { installation } from "#app/i18n/fr/doctor-installation.ts";
import { twilioChecks } from "#app/i18n/fr/doctor-twilio.ts";
import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { plural } from "#app/i18n/plural.ts";
import type { CheckKey, Facts } from "#server/doctor/views.ts";

export const frDoctor = frenchSpaces({
  title: shell.checks,
  intro: "Tout ce qu’il faut pour que les messages partent et reviennent, vérifié à l’instant.",
  open: "Voir le détail",
  again: "Vérifier de nouveau",
  running: "Contrôles en cours…",
  failed: "Les contrôles n’ont pas pu se faire. Réessayez dans un instant.",
  states: { green: "Bon", red: "À corriger", unknown: "À vérifier" },
  summary: {
    green: "Tout est bon",
    red: (checks: number) => `${plural(checks, "point", "points")} à corriger`,
    unknown: (checks: number) => `${plural(checks, "point", "points")} à vérifier`,
  },
  cure: "Que faire",
  start: "Contrôles…",
  checks: {
    variables: "Variables de configuration",
    database: "Base de données",
    pooler: "Notifications de la base",
    migrations: "Structure de la base",
    worker: "Moteur d’envoi",
    clock: "Horloges",
    credentials: "Identifiants Twilio",
    account_type: "Type de compte Twilio",
    sender: "Expéditeur WhatsApp",
    public_address: "Adresse publique",
  } satisfies Record<CheckKey, string>,
  /** for any check */
  common: {
    needs_variables: {
      said: ({ list }: Facts) => `Pas vérifié : il manque ${list}.`,
      cure: () => "Corrigez d’abord les variables de configuration.",
    },
    needs_database: text(
      "Pas vérifié : la base ne répond pas.",
      "Corrigez d’abord le contrôle « Base de données ».",
    ),
    needs_migrations: text(
      "Pas vérifié : la structure de la base n’est pas à jour.",
      "Corrigez d’abord le contrôle « Structure de la base ».",
    ),
    needs_credentials: text(
      "Pas vérifié : Twilio n’a pas donné le compte.",
      "Corrigez d’abord le contrôle « Identifiants Twilio ».",
    ),
    no_answer: text("Pas de réponse à temps.", "Relancez les contrôles ; si cela dure, regardez le réseau."),
    broken: {
      said: ({ reason }: Facts) => `Le contrôle s’est arrêté : ${reason}`,
      cure: () => "Relancez les contrôles ; si cela dure, montrez ce texte à qui administre Relance.",
    },
  } as Record<string, CheckText>,
  codes: { ...installation, ...twilioChecks } satisfies Record<CheckKey, object> as Record<
    CheckKey,
    Record<string, CheckText>
  >,
});
