import { plural } from "#app/i18n/plural.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const verb = (total: number, one: string, many: string) => (total < 2 ? one : many);

export const preflight = {
  title: "Avant le départ",
  hint: "Ce qu’un lancement ferait à cet instant.",
  hintScheduled:
    "Ce que le départ ferait si l’heure était venue. Les destinataires seront comptés de nouveau à ce moment-là.",
  figures: {
    recipients: "Recevront Message 1",
    ofTotal: (total: number) => `sur ${plural(total, "contact", "contacts")}`,
    skipped: "Écartés",
    nobodySkipped: "personne",
    duration: "Durée",
    pace: (seconds: string) => `un message toutes les ${seconds} s`,
    end: "Fin au plus tard",
    now: "si vous lancez maintenant",
    from: (when: string) => `début ${when}`,
    cost: "Coût estimé",
    prices: (date: string) => `tarifs du ${date}`,
  },
  ahead: (ahead: number) =>
    `${plural(ahead, "message attend", "messages attendent")} déjà chez cet expéditeur : les campagnes envoient à tour de rôle.`,
  costHelp:
    "Une estimation : du tarif « utilitaire » au tarif « marketing » de Meta, plus la part de Twilio. Les messages du Sandbox sont facturés eux aussi.",
  unknownCountry: (total: number) =>
    `${plural(total, "numéro est", "numéros sont")} d’un pays absent de la table des tarifs : ${verb(total, "il est compté", "ils sont comptés")} dans la fourchette la plus large.`,
  left: {
    title: "Qui ne recevra rien",
    reasons: {
      contact_flagged: "Fiche à corriger : doublon ou numéro invalide",
      opted_out: "Ne veut plus de messages",
      not_in_sandbox: "A quitté le Sandbox, ou ne l’a jamais rejoint",
      membership_expired: "Inscription probablement expirée",
      membership_unknown: "Jamais vu dans le Sandbox",
      in_running_campaign: "Message 1 d’une autre campagne en route",
      already_reached: "A déjà reçu la campagne copiée",
    },
    short: {
      contact_flagged: "fiche à corriger",
      opted_out: "refus",
      not_in_sandbox: "pas inscrits",
      membership_expired: "expirés",
      membership_unknown: "inconnus",
      in_running_campaign: "autre campagne",
      already_reached: "déjà servis",
    },
  },
  warnings: {
    title: "À savoir",
    estimate:
      "Twilio ne dit pas qui est inscrit au Sandbox : Relance l’estime d’après les messages reçus et les refus. Message 1, un modèle, part aussi hors de la fenêtre de 24 h ; mais sans inscription, rien n’arrive.",
    text: {
      unknown: (total: number) =>
        `Relance n’a encore rien reçu de ${plural(total, "contact", "contacts")} : à moins ${verb(total, "qu’il se soit inscrit", "qu’ils se soient inscrits")} au Sandbox sans qu’elle l’apprenne, Twilio refusera ${verb(total, "son message", "leurs messages")}.`,
      expired: (total: number, hours: number) =>
        `L’inscription de ${plural(total, "contact", "contacts")} date de plus de ${hours} h : elle est probablement terminée, et ${verb(total, "le message sera sans doute refusé", "les messages seront sans doute refusés")}.`,
      expiring: (total: number) =>
        `L’inscription de ${plural(total, "contact", "contacts")} se termine dans les 12 h : n’attendez pas.`,
      left: (total: number) =>
        `${plural(total, "contact a", "contacts ont")} quitté le Sandbox : vous avez choisi de ${verb(total, "lui", "leur")} écrire quand même, et Twilio refusera ${verb(total, "son message s’il n’est pas revenu", "leurs messages s’ils ne sont pas revenus")}.`,
      busy: (total: number) =>
        `${plural(total, "contact attend", "contacts attendent")} encore le Message 1 d’une autre campagne : ${verb(total, "il recevra", "ils recevront")} les deux.`,
      reached: (total: number) =>
        `${plural(total, "contact a", "contacts ont")} déjà reçu la campagne copiée : ${verb(total, "il recevra", "ils recevront")} aussi celle-ci.`,
    },
    /** of a start to come, where it differs */
    later: {
      expiring: (total: number) =>
        `L’inscription de ${plural(total, "contact", "contacts")} se termine dans les 12 h : elle sera peut-être finie au départ.`,
    },
  },
  choices: {
    title: "Vos choix",
    labels: {
      includeLeft: "Écrire aussi à ceux qui ont quitté le Sandbox",
      excludeExpired: "Écarter ceux dont l’inscription a probablement expiré",
      excludeUnknown: "Écarter ceux que le Sandbox n’a jamais vus",
      excludeBusy: "Écarter ceux qui attendent une autre campagne",
      excludeReached: "Ne pas réécrire à ceux qui ont déjà reçu la campagne copiée",
    } satisfies Record<keyof LaunchOptions, string>,
    refresh: "Recalculer",
    unsaved: "Ces choix ne sont pas encore ceux du départ programmé.",
    save: "Enregistrer ces choix",
  },
  previews: {
    title: (total: number) =>
      total < 2
        ? "Ce que lira un de vos contacts"
        : `Ce que liront ${total === 2 ? "deux" : "trois"} de vos contacts`,
    to: (name: string) => `à ${name}`,
  },
  problem: {
    draft: "Pas encore prête à partir",
    scheduled: "En l’état, elle ne pourra pas partir",
    removed: "Ce modèle n’existe plus dans le compte Twilio : choisissez-en un autre.",
    everyoneLeftOut: "Tous les contacts des catégories choisies sont écartés.",
  },
};
