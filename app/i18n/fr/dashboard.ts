import { count, plural } from "#app/i18n/plural.ts";

export const dashboard = {
  title: "Tableau de bord",
  figures: {
    label: "Chiffres clés",
    sent: "Messages envoyés",
    sentHint: (campaigns: number) => `depuis le début, ${plural(campaigns, "campagne", "campagnes")}`,
    success: "Taux de réussite",
    successHint: (delivered: number, tried: number) => `${count(delivered)} remis sur ${count(tried)}`,
    contacts: "Contacts actifs",
    contactsHint: (all: number) => `sur ${count(all)} ; ni désinscrits, ni à corriger`,
    cost: "Coût estimé",
    costHint: (days: number, priceDate: string) => `${days} derniers jours, tarifs du ${priceDate}`,
    costUnknown: (messages: number) =>
      `dont ${plural(messages, "message", "messages")} vers un pays hors de notre grille`,
  },
  running: {
    title: "En ce moment",
    none: "Aucune campagne en cours.",
    all: "Toutes les campagnes",
    waiting: (waiting: number) => (waiting === 0 ? "plus rien n’attend" : `${count(waiting)} en attente`),
  },
  period: {
    label: "Période des graphiques",
    days: (days: number) => `${days} jours`,
  },
  volume: {
    title: "Messages par jour",
    day: "Jour",
    accepted: "Envoyés",
    failed: "Échecs",
    answers: "Réponses",
    summary: (accepted: number, failed: number, answers: number) =>
      `${plural(accepted, "envoyé", "envoyés")}, ${plural(failed, "échec", "échecs")} et ${plural(answers, "réponse", "réponses")} sur la période.`,
  },
  standing: {
    title: "Où en sont les messages",
    hint: "Depuis le début, chacun une fois.",
    status: "Statut",
    messages: "Messages",
    share: "Part",
    parts: {
      read: "Lus",
      delivered: "Remis, pas encore lus",
      sent: "Envoyés, pas encore remis",
      waiting: "En attente",
      failed: "Échecs",
      leftOut: "Écartés ou annulés",
    },
    total: "au total",
  },
  funnel: {
    title: "De l’envoi à la réponse",
    hint: "Chaque étape, en part des messages envoyés.",
    sent: "Envoyés",
    delivered: "Remis",
    read: "Lus",
    answers: "Réponses",
    readHint: "Un contact qui a coupé les confirmations de lecture répond sans jamais « lire ».",
  },
  hours: {
    title: "Quand les contacts répondent",
    hour: "Heure",
    answers: "Réponses",
    slot: (hour: number) => `${hour} h à ${hour + 1} h`,
    tick: (hour: number) => `${hour} h`,
    peak: (slot: string) => `Le plus souvent de ${slot}.`,
    none: "Aucune réponse sur la période.",
  },
  table: "Voir les chiffres",
  start: {
    title: "Vos premiers pas",
    text: "Les chiffres apparaîtront ici dès le premier envoi.",
    steps: {
      contacts: {
        title: "Ajouter des contacts",
        text: "Un par un ou par un fichier CSV, rangés dans des catégories.",
        action: "Ajouter un contact",
      },
      campaign: {
        title: "Créer une campagne",
        text: "Un modèle pour Message 1, un texte libre pour Message 2.",
        action: "Créer une campagne",
      },
      launch: {
        title: "La lancer",
        text: "Relisez l’aperçu, essayez sur votre numéro, puis lancez.",
        action: "Voir les campagnes",
      },
    },
    done: "fait",
    next: "à faire maintenant",
  },
};
