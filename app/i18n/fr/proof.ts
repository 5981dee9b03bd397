import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { count, plural } from "#app/i18n/plural.ts";
import type { ProofCheckKey } from "#server/proof/views.ts";

type CheckText = { title: string; detail: string };

export const frProof = frenchSpaces({
  title: "Preuve",
  link: "Preuve d’envoi",
  heading: (name: string) => `Preuve : ${name}`,
  green: "Tout concorde",
  greenText: "Rien n’est parti deux fois, rien n’est perdu : chaque ligne a été comparée, à l’instant.",
  red: (checks: number) => `${plural(checks, "contrôle", "contrôles")} en défaut`,
  redText: "Les lignes en cause sont listées ci-dessous. Montrez cette page à qui administre Relance.",
  checkedAt: (when: string) => `Vérifié ${when}`,
  again: "Vérifier de nouveau",
  equation: "Le compte des destinataires",
  equationHint: "Chaque destinataire est dans un état, et dans un seul.",
  recipient: "destinataire",
  recipients: "destinataires",
  examined: "Ce qui a été examiné",
  checks: "Contrôles",
  figures: {
    messages: "Messages",
    attempts: "Tentatives",
    events: "Événements",
    answers: "Réponses",
  },
  ok: "Conforme",
  broken: (rows: number) => plural(rows, "ligne en défaut", "lignes en défaut"),
  shown: (shown: number, total: number) => `Les ${count(shown)} premières sur ${count(total)}.`,
  message: (id: number) => `Message n° ${id}`,
  campaign: (id: number) => `Campagne n° ${id}`,
  noCampaign: "hors campagne",
  list: {
    recipients: { title: "Destinataires", detail: "Leur nombre est la somme de tous les états." },
    counters: {
      title: "Compteurs",
      detail: "Chaque compteur de la campagne est égal au nombre de ses lignes.",
    },
    acceptedTwice: {
      title: "Aucun double envoi",
      detail: "Aucun message n’a deux demandes que Twilio a prises.",
    },
    messageOneTwice: {
      title: "Un seul Message 1 par personne",
      detail: "Aucun contact, aucun numéro n’en a deux dans la même campagne.",
    },
    messageTwoTwice: {
      title: "Un seul Message 2 par réponse",
      detail: "Aucune réponse reçue n’en a déclenché deux.",
    },
    messageTwoUnasked: {
      title: "Aucun Message 2 sans réponse",
      detail: "Chacun suit une réponse enregistrée.",
    },
    sidOwnedOnce: {
      title: "Références Twilio",
      detail: "Chaque référence (SID) appartient à un seul message.",
    },
    attemptsAgree: {
      title: "Tentatives",
      detail: "Aucune tentative ne contredit l’état de son message.",
    },
    journalAgrees: {
      title: "Journal",
      detail: "L’état de chaque message est celui que raconte son journal.",
    },
    nothingStranded: {
      title: "Rien n’est oublié",
      detail:
        "Ce qui n’est pas terminé a une heure d’envoi, une vérification prévue, ou une décision à prendre.",
    },
  } satisfies Record<ProofCheckKey, CheckText> as Record<ProofCheckKey, CheckText>,
  counters: {
    sent: "envoyés",
    delivered: "remis",
    success: "succès",
    read: "lus",
    failed: "échecs",
    answers: "réponses",
  } as Record<string, string>,
  problems: {
    attempt_count: "le nombre de tentatives ne correspond pas",
    not_the_newest: "le message ne suit pas sa dernière tentative",
    outcome: "l’issue de la tentative contredit l’état",
    sid: "la référence Twilio n’est pas celle de la tentative",
    accepted_lost: "une tentative acceptée est oubliée",
    never_due: "en attente, sans heure d’envoi",
    campaign_cancelled: "en attente dans une campagne annulée",
    never_checked: "à vérifier, sans vérification prévue",
    campaign_ended: "en cours dans une campagne terminée",
  } as Record<string, string>,
  facts: {
    recipients: (recipients: number, rows: number) =>
      `${plural(recipients, "destinataire annoncé", "destinataires annoncés")}, ${plural(rows, "ligne", "lignes")}`,
    counter: (counter: string, counted: number, rows: number) =>
      `${counter} : compteur ${count(counted)}, lignes ${count(rows)}`,
    attempts: (numbers: string) => `tentatives ${numbers}`,
    rows: (rows: number) => `${plural(rows, "ligne", "lignes")} pour un seul envoi permis`,
    inbound: (sid: string) => `réponse ${sid}`,
    sid: (sid: string) => sid,
    journal: (status: string, journal: string) => `état « ${status} », journal « ${journal} »`,
    noJournal: "vide",
    skipped: "écartés",
    cancelled: "annulés",
    message_two: "Message 2",
    message_two_sent: "Message 2 envoyés",
    message_two_delivered: "Message 2 remis",
    message_two_read: "Message 2 lus",
    message_two_failed: "Message 2 en échec",
  },
  audit: {
    start: "Audit de toute la base…",
    examined: (messages: number, attempts: number, events: number) =>
      `${plural(messages, "message", "messages")}, ${plural(attempts, "tentative", "tentatives")}, ${plural(events, "événement", "événements")} examinés.`,
    green: "Tout concorde.",
    red: (checks: number) => `${plural(checks, "contrôle", "contrôles")} en défaut.`,
    failed: (reason: string) => `L’audit n’a pas pu se faire : ${reason}`,
  },
});
