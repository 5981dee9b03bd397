import { count, plural } from "#app/i18n/plural.ts";

const many = (total: number, isMore: boolean) => (isMore ? `plus de ${count(total)}` : count(total));

export const sandboxPage = {
  title: "Sandbox",
  meta: "Le numéro d’essai de Twilio : qui peut recevoir vos messages, et pour combien de temps.",
  console: {
    title: "À coller dans la console Twilio",
    hint: "Messaging › Try it out › Send a WhatsApp message › Sandbox settings.",
    inbound: "Apporte les réponses des contacts. Sans elle, aucun Message 2 ne part.",
    status: "Facultative : Relance demande les statuts message par message.",
    copy: (name: string) => `Copier la valeur de « ${name} »`,
  },
  members: {
    title: "Inscriptions",
    hint: (hours: number) =>
      `Deux horloges par contact : l’inscription dit s’il peut recevoir vos messages ; la fenêtre de ${plural(hours, "heure", "heures")}, ouverte par son dernier message, si un texte libre est possible. Twilio n’annonce pas les inscriptions : elles se déduisent des messages reçus et remis.`,
    filter: "Choisir une liste",
    views: {
      inscrits: "Inscrits",
      "expirent-bientot": "Expirent bientôt",
      "a-reinscrire": "À réinscrire",
    },
    membership: "Inscription",
    window: "Texte libre",
    windowClosed: "Fenêtre fermée",
    invite: "Inviter",
    inviteLabel: (name: string) => `Inviter ${name} depuis WhatsApp`,
    empty: {
      inscrits: {
        title: "Personne n’est inscrit pour l’instant",
        text: "Un contact apparaît ici dès qu’il écrit au numéro du Sandbox ou reçoit un message.",
      },
      "expirent-bientot": {
        title: "Aucune inscription ne prend fin bientôt",
        text: "Un contact apparaît ici douze heures avant la fin de son inscription.",
      },
      "a-reinscrire": {
        title: "Personne ne doit se réinscrire",
        text: "Un contact apparaît ici quand son inscription a pris fin, qu’il a quitté le Sandbox ou que Twilio a refusé son message (63015).",
      },
    },
  },
  comebacks: {
    title: (total: number, isMore: boolean) =>
      isMore
        ? `${many(total, isMore)} contacts sont de retour`
        : plural(total, "contact est de retour", "contacts sont de retour"),
    hint: "Leur message avait été refusé parce qu’ils n’étaient pas inscrits. Ils le sont maintenant.",
    label: "Messages à renvoyer",
    campaign: "Campagne",
    failedAt: "Refusé",
    cameBackAt: "De retour",
    back: "De retour",
    all: (total: number, isMore: boolean) =>
      total === 1 && !isMore ? "Renvoyer son message" : "Renvoyer à tous",
    one: "Renvoyer",
    oneLabel: (name: string) => `Renvoyer le message de ${name}`,
    more: "Les autres messages partent aussi avec « Renvoyer à tous ».",
    resent: (total: number) =>
      total === 0
        ? "Rien à renvoyer : ces messages ne sont plus en échec."
        : `${plural(total, "message repart", "messages repartent")}.`,
  },
  reminders: {
    label: "Inscriptions au Sandbox",
    expiring: (total: number, isMore: boolean) =>
      isMore
        ? `${many(total, isMore)} inscriptions prennent fin dans les 12 heures`
        : plural(
            total,
            "inscription prend fin dans les 12 heures",
            "inscriptions prennent fin dans les 12 heures",
          ),
    ended: (total: number, isMore: boolean) =>
      isMore
        ? `Inscription terminée : ${many(total, isMore)} contacts doivent renvoyer le code de join`
        : `Inscription terminée : ${plural(total, "contact doit", "contacts doivent")} renvoyer le code de join`,
  },
  poster: {
    open: "Imprimer l’affiche",
    title: "Affiche d’inscription",
    print: "Imprimer",
    back: "Revenir au Sandbox",
    heading: "Recevez nos messages sur WhatsApp",
    scan: "1. Scannez ce code avec l’appareil photo de votre téléphone.",
    send: "2. WhatsApp s’ouvre avec un message déjà écrit : envoyez-le.",
    without: "Sans appareil photo",
    byHand: (message: string, number: string) => `Envoyez « ${message} » au ${number} depuis WhatsApp.`,
    leave: "Pour ne plus rien recevoir, répondez « stop ».",
    noCode:
      "Le code d’inscription n’est pas configuré (TWILIO_SANDBOX_JOIN_CODE) : il n’y a rien à imprimer.",
  },
};
