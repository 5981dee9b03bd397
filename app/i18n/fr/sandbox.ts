import { plural } from "#app/i18n/plural.ts";

export const sandbox = {
  mode: "Mode Sandbox",
  number: "Numéro",
  joinCode: "Code",
  joinCodeUnset: "à configurer (TWILIO_SANDBOX_JOIN_CODE)",
  joinMessage: (code: string) => `join ${code}`,
  invitation: (message: string, number: string, url: string) =>
    `Bonjour ! Pour recevoir nos messages sur WhatsApp, envoyez « ${message} » au ${number}, ou ouvrez ce lien : ${url}`,
  howTo: "Comment s’inscrire",
  fold: "Replier",
  limits: {
    label: "Limites du Sandbox",
    rate: (seconds: string) => `1 message / ${seconds} s`,
    window: (hours: number) => `fenêtre ${hours} h`,
    membership: (hours: number) => `inscription ${hours} h`,
  },
  explain: {
    rate: (seconds: string) =>
      `Le Sandbox accepte un message toutes les ${seconds} secondes, toutes campagnes confondues.`,
    window: (hours: number) =>
      `Un texte libre n’est possible que dans les ${plural(hours, "heure", "heures")} qui suivent le dernier message du contact. Au-delà, seul un modèle approuvé passe.`,
    membership: (hours: number) =>
      `L’inscription d’un contact dure ${plural(hours, "heure", "heures")}. Ensuite, il renvoie le code.`,
  },
  steps: {
    title: "Inscrire un téléphone",
    scan: "Scannez le code QR avec le téléphone du contact, ou ouvrez le lien depuis ce téléphone.",
    orSend: "Sans QR : depuis WhatsApp, envoyez",
    to: "au",
    confirm: "Twilio répond que l’inscription est faite. Le contact peut recevoir vos messages.",
    open: "Ouvrir dans WhatsApp",
    copyLink: "Copier le lien d’inscription",
    qrLabel: "Code QR qui ouvre WhatsApp avec le message d’inscription",
  },
  membership: {
    member: "Inscrit",
    expiring: "Expire bientôt",
    expired: "Expiré",
    left: "Pas inscrit",
    unknown: "Inconnu",
  },
  membershipHint: {
    member: (until: string) => `Inscrit au Sandbox ${until} au plus tard`,
    expiring: (until: string) => `Inscrit au Sandbox ${until} seulement`,
    expired: "Plus de 72 h depuis l’inscription : le contact doit renvoyer le code",
    left: "A quitté le Sandbox, ou ne l’a jamais rejoint (63015) : le contact doit renvoyer le code",
    unknown: "Aucun message reçu de ce contact : on ne sait pas s’il est inscrit",
  },
};
