import { type CheckText, checkText as text } from "#app/i18n/fr/check-text.ts";

const resume = "Corrigez la cause, puis « Reprendre les envois » sur le tableau de bord.";

const inBrackets = (code: unknown) => (code ? ` (${code})` : "");

/** What the checks of the Twilio account and of the way back from it say, by code. */
export const twilioChecks = {
  credentials: {
    ok: { said: ({ name }) => `Twilio reconnaît le compte${name ? ` « ${name} »` : ""}.` },
    rejected: text(
      "Twilio refuse ces identifiants.",
      "Recopiez « Account SID » et « Auth Token » de la page d’accueil de console.twilio.com dans TWILIO_ACCOUNT_SID et TWILIO_AUTH_TOKEN : ceux du même compte, pas des identifiants de test.",
    ),
    only_previous: text(
      "Twilio refuse TWILIO_AUTH_TOKEN, mais accepte encore TWILIO_AUTH_TOKEN_PREVIOUS.",
      "Le nouveau jeton n’est pas actif, ou les deux sont inversés : vérifiez-les dans la console, Account → API keys & tokens.",
    ),
    inactive: {
      said: ({ status }) => `Le compte Twilio n’est pas actif (${status}).`,
      cure: () => "Ouvrez console.twilio.com : le compte est suspendu ou fermé. Réglez ce qu’elle demande.",
    },
    unreachable: {
      said: ({ reason }) => `Twilio n’a pas répondu (${reason}).`,
      cure: () =>
        "Vérifiez la connexion à Internet, TWILIO_API_BASE_URL (vide pour le vrai Twilio), et status.twilio.com.",
    },
  },
  account_type: {
    ok: text("Compte complet : textes libres et modèles permis."),
    trial: text(
      "Compte d’essai. S’il est du nouveau genre (« Try out WhatsApp »), Twilio refuse les textes libres : ni Message 2, ni réponse.",
      "Passez le compte en paiement à l’usage (Upgrade dans la console), ou lancez une campagne d’un contact et répondez-y : le Message 2 dira si cela passe.",
    ),
    trial_refuses_text: text(
      "Compte d’essai « Try out WhatsApp » : Twilio a refusé un texte libre (21654). Ni Message 2, ni réponse.",
      "Passez le compte en paiement à l’usage (Upgrade dans la console Twilio), puis utilisez le Sandbox : Messaging → Try it out.",
    ),
  },
  sender: {
    ok: { said: ({ number }) => `${number} a déjà remis des messages.` },
    never_sent: {
      said: ({ number }) =>
        `Rien n’est encore parti de ${number} : Twilio ne dit pas d’avance s’il est le vôtre.`,
      cure: () => "Inscrivez votre téléphone au Sandbox et envoyez-vous un essai depuis une campagne.",
    },
    no_news: {
      said: ({ number }) =>
        `Twilio accepte les messages de ${number}, mais aucun n’est encore revenu comme remis.`,
      cure: () => "Attendez une minute ; sinon, regardez « Adresse publique » et la page Webhooks.",
    },
    not_found: {
      said: ({ number, code }) =>
        `Twilio a refusé l’expéditeur ${number} au dernier envoi${inBrackets(code)}.`,
      cure: () =>
        "Vérifiez TWILIO_SANDBOX_NUMBER et activez le Sandbox sur ce compte : Messaging → Try it out → Send a WhatsApp message. Si un seul contact est touché, invitez-le à envoyer le code d’inscription.",
    },
    paused_sender_not_found: {
      said: ({ number, code }) =>
        `Envois suspendus : Twilio a refusé l’expéditeur ${number} trois fois de suite${inBrackets(code)}.`,
      cure: () =>
        `Vérifiez TWILIO_SANDBOX_NUMBER et activez le Sandbox sur ce compte (Messaging → Try it out). ${resume}`,
    },
    paused_account: {
      said: ({ code }) => `Envois suspendus : Twilio refuse tout envoi de ce compte${inBrackets(code)}.`,
      cure: () => `Le guide des erreurs dit quoi faire. ${resume}`,
    },
    paused_twilio_unreachable: text(
      "Envois suspendus : Twilio ne répondait plus.",
      "Ils reprendront d’eux-mêmes dès qu’il répondra ; voyez status.twilio.com.",
    ),
  },
  public_address: {
    ok: { said: ({ url, milliseconds }) => `Aller-retour signé par ${url} en ${milliseconds} ms.` },
    local_only: {
      said: ({ url }) => `${url} n’existe que sur cette machine : Twilio ne peut pas l’appeler.`,
      cure: () =>
        "Ouvrez un tunnel (ngrok http 3000) et mettez son adresse https dans TWILIO_WEBHOOK_BASE_URL.",
    },
    unknown_host: {
      said: ({ url }) => `Le serveur de ${url} est introuvable.`,
      cure: () => "Corrigez TWILIO_WEBHOOK_BASE_URL ; une adresse ngrok gratuite change à chaque démarrage.",
    },
    unreachable: {
      said: ({ url, reason }) => `Rien ne répond à ${url}${reason ? ` (${reason})` : ""}.`,
      cure: () => "Démarrez le serveur web (npm start) et le tunnel ; vérifiez le pare-feu.",
    },
    timeout: {
      said: ({ url }) => `${url} ne répond pas à temps : Twilio abandonne après 15 s.`,
      cure: () => "Vérifiez que le serveur web tourne et que rien ne bloque le port ; regardez son journal.",
    },
    certificate: {
      said: ({ url, reason }) =>
        `Le certificat de ${url} n’est pas valable (${reason}) : Twilio refuse de l’appeler.`,
      cure: () => "Renouvelez le certificat, pour ce nom précisément.",
    },
    redirected: {
      said: ({ url, reason }) =>
        `${url} renvoie ailleurs${reason ? ` (${reason})` : ""} : Twilio ne suit pas les redirections.`,
      cure: () =>
        "Mettez dans TWILIO_WEBHOOK_BASE_URL l’adresse d’arrivée : https et non http, avec ou sans www.",
    },
    nobody_behind: {
      said: ({ url, status, reason }) =>
        `${url} répond, mais Relance n’est pas derrière (${reason ?? status}).`,
      cure: () => "Démarrez le serveur web (npm start), et le tunnel vers son port (PORT, 3000 par défaut).",
    },
    not_relance: {
      said: ({ url, status }) =>
        `Ce qui répond à ${url} n’est pas le webhook de Relance (réponse ${status}).`,
      cure: () =>
        "Vérifiez que l’adresse, ou le tunnel, mène au port de Relance (PORT) et que rien n’en filtre le chemin.",
    },
    refused_here: {
      said: () => "L’appel arrive ici, mais sa signature est refusée.",
      cure: ({ event }) =>
        `Le serveur web a une autre adresse publique ou un autre jeton que ces contrôles : redémarrez-le avec le même .env. Le diagnostic : /webhooks/${event}`,
    },
    refused_elsewhere: {
      said: ({ url }) => `${url} refuse notre signature (403).`,
      cure: () =>
        "Une autre installation répond à cette adresse, ou elle a un autre jeton ou une autre adresse publique : comparez les .env, puis redémarrez.",
    },
    stored_elsewhere: {
      said: ({ url }) => `L’appel passe par ${url}, mais n’arrive pas dans cette base.`,
      cure: () =>
        "Une autre installation répond à cette adresse : les réponses de vos contacts y vont. Arrêtez-la, ou changez TWILIO_WEBHOOK_BASE_URL.",
    },
  },
} satisfies Record<string, Record<string, CheckText>>;
