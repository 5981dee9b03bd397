import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { count, plural } from "#app/i18n/plural.ts";
import type { MessageTwoRefusal } from "#server/domain/message-two.ts";

/** The flight recorder of a message, and the decision about one of unknown fate. */
export const frJournal = frenchSpaces({
  title: "Journal de bord",
  hint: "Du premier instant au dernier, à la milliseconde.",
  export: "Exporter (JSON)",
  empty: "Rien n’a été noté : ce message vient de l’ancien système.",
  milliseconds: (ms: number) => (ms < 10_000 ? `${count(ms)} ms` : `${count(Math.round(ms / 1000))} s`),
  steps: {
    queued: "Mis en file d’attente",
    queuedAnswer: "Mis en file pour répondre au contact",
    skipped: "Écarté au lancement",
    slot: (attempt: number) => `Créneau obtenu, tentative ${attempt}`,
    request: "Demande envoyée à Twilio",
    accepted: "Twilio accepte",
    refused: "Twilio refuse",
    silence: "Aucune réponse de Twilio",
    calledBack: "Twilio donne des nouvelles",
    callback: (status: string) => `Twilio annonce : ${status}`,
    found: (status: string) => `Interrogé, Twilio répond : ${status}`,
    look: (look: number) => `Recherché chez Twilio, ${look === 1 ? "1er" : `${look}e`} regard`,
    lookByHand: "Recherché chez Twilio, à la demande",
    adopted: "Décision : c’est ce message de Twilio",
    declined: "Décision : ce n’est aucun des messages trouvés",
    ignored: "Nouvelle sans effet",
    lateAnswer: "Réponse tardive de Twilio, sans effet",
    contactAnswer: "Le contact répond",
    noMessageTwo: "Aucun Message 2 après cette réponse",
    messageTwo: "Message 2 mis en file",
  },
  details: {
    slot: (time: string) => `créneau de ${time}`,
    afterSlot: (ms: string) => `${ms} après le créneau`,
    answered: (status: number | null, ms: string) =>
      status === null ? `après ${ms}` : `HTTP ${status} en ${ms}`,
    sid: (sid: string) => `Référence Twilio : ${sid}`,
    arrived: (time: string, ms: string) => `reçu à ${time}, appliqué ${ms} plus tard`,
    found: (candidates: number) =>
      candidates === 0
        ? "aucun message correspondant"
        : plural(candidates, "message possible", "messages possibles"),
    retry: (number: number, delay: string) => `nouvel essai n° ${number}, dans ${delay}`,
    quote: (content: string) => `« ${content} »`,
    ignored: "déjà connu, rien ne change",
    open: "Voir ce message",
    answeredMessage: "Voir le message auquel il répond",
  },
  /** Twilio's words */
  twilioStatuses: {
    accepted: "accepté",
    scheduled: "planifié",
    queued: "en file",
    sending: "en cours d’envoi",
    sent: "envoyé",
    delivered: "remis",
    read: "lu",
    undelivered: "non remis",
    failed: "échec",
    canceled: "annulé",
  } as Record<string, string>,
  refusals: {
    keyword: "c’est un mot-clé (STOP, join …), pas une réponse",
    opted_out: "le contact ne veut plus de messages",
    flagged: "la fiche du contact est à corriger",
    no_message_one: "aucun Message 1 ne lui avait été envoyé",
    campaign_cancelled: "la campagne est annulée",
    too_old: "le Message 1 est trop ancien",
    no_message_two: "la campagne n’a pas de Message 2",
    window_closed: "la fenêtre de 24 h est fermée",
    too_frequent: "il vient déjà d’en recevoir un",
    daily_limit: "il en a déjà reçu assez pour aujourd’hui",
  } satisfies Record<MessageTwoRefusal, string> as Record<string, string>,
  decide: {
    title: "À vous de décider",
    text: "Twilio n’a pas répondu à l’envoi, et plusieurs messages vers ce numéro peuvent être celui-ci. Rien ne repartira avant votre choix.",
    waiting: (time: string) => `Demande envoyée à ${time}`,
    candidates: "Messages possibles chez Twilio",
    unowned: "n’appartient à aucun autre message",
    created: (date: string, time: string) => `créé le ${date} à ${time}`,
    atTwilio: (status: string) => `Chez Twilio : ${status}`,
    adopt: "C’est celui-ci",
    adoptLabel: (sid: string) => `Adopter le message ${sid}`,
    adoptTitle: "Adopter ce message ?",
    adoptText: (status: string) => `Notre message prendra l’état que Twilio lui donne : ${status}.`,
    adopted: "Décision enregistrée : le message suit celui de Twilio.",
    none: "Aucun n’est ce message",
    noneTitle: "Aucun des messages trouvés ?",
    noneText:
      "Notre message sera considéré comme jamais parti : il sera réessayé, ou mis en échec si ses essais sont épuisés. S’il était parti malgré tout, le contact le recevrait deux fois.",
    noneConfirm: "Considérer comme jamais parti",
    declined: "Décision enregistrée : aucun de ces messages n’est le nôtre.",
    empty: "Twilio ne montre plus aucun message possible pour celui-ci.",
    unavailable:
      "Twilio ne répond pas : la liste des messages possibles n’est pas disponible pour l’instant.",
    refresh: "Regarder de nouveau",
  },
  undecided: {
    title: (total: number) =>
      total < 2 ? "Un message attend votre décision" : `${count(total)} messages attendent votre décision`,
    text: "La campagne ne peut pas se terminer avant.",
    link: "Décider",
  },
});
