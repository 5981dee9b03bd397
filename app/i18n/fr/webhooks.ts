import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { plural } from "#app/i18n/plural.ts";
import type { BodyReading, HitKind, WebhookRefusal } from "#server/domain/signature-match.ts";
import type { TestHitResult } from "#server/webhooks/views.ts";

type TestProblem = NonNullable<TestHitResult["problem"]>;

export const frWebhooks = frenchSpaces({
  title: shell.webhooks,
  intro:
    "Chaque appel à l’adresse du webhook ; des refusés, une centaine par minute au plus. Gardés 30 jours ; la liste se met à jour toute seule.",
  total: (total: string, isOne: boolean) => `${total} ${isOne ? "appel" : "appels"}`,
  checks: "Contrôles",
  filters: {
    label: "Rechercher dans les appels",
    placeholder: "SID d’un message : SM…, MM…",
    verdict: "Verdict",
    allVerdicts: "Tous les verdicts",
    kind: "Type",
    allKinds: "Tous les types",
    state: "Suite",
    allStates: "Toutes les suites",
    states: { waiting: "Pas encore appliqués", applied: "Appliqués" },
    reset: "Effacer les filtres",
  },
  verdicts: { accepted: "Accepté", refused: "Refusé" },
  kinds: {
    inbound: "Réponse reçue",
    status: "Statut",
    test: "Essai",
    unknown: "Autre",
  } satisfies Record<HitKind, string>,
  columns: { time: "Reçu", kind: "Type", about: "De / à", verdict: "Verdict", outcome: "Suite" },
  found: "Retrouvé chez Twilio : son webhook n’est jamais arrivé",
  empty: {
    title: "Aucun appel pour l’instant",
    text: "Twilio appelle ici pour chaque réponse et chaque changement de statut. Envoyez un essai pour vérifier le chemin.",
  },
  noMatch: {
    title: "Aucun appel ne correspond",
    text: "Essayez moins de filtres.",
    action: "Voir tous les appels",
  },
  test: {
    action: "Envoyer un essai",
    hint: "Un appel signé par Relance part vers l’adresse publique et doit revenir ici.",
    done: (milliseconds: number) => `Essai reçu et vérifié en ${milliseconds} ms.`,
    failedTitle: "L’essai n’est pas revenu",
    open: "Ouvrir l’appel",
    problems: {
      unknown_host: "Le serveur de l’adresse publique est introuvable.",
      unreachable: "Rien ne répond à l’adresse publique.",
      timeout: "L’adresse publique ne répond pas à temps.",
      certificate: "Le certificat de l’adresse publique n’est pas valable.",
      redirected: "L’adresse publique renvoie ailleurs, et Twilio ne suit pas les redirections.",
      nobody_behind: "L’adresse publique répond, mais Relance n’est pas derrière.",
      not_relance: "Ce qui répond à l’adresse publique n’est pas le webhook de Relance.",
      refused_here: "L’appel est arrivé, mais sa signature a été refusée.",
      refused_elsewhere: "L’adresse publique refuse notre signature : une autre installation y répond.",
      stored_elsewhere: "L’appel passe, mais arrive dans une autre installation.",
    } satisfies Record<TestProblem, string>,
  },
  outcome: {
    waiting: (tries: number) =>
      tries === 0 ? "Pas encore appliqué" : `Pas encore appliqué, ${plural(tries, "essai", "essais")}`,
    refused: "Rien n’a été changé",
    noMessageTwo: (why: string) => `Réponse enregistrée, sans Message 2 : ${why}`,
  },
  results: {
    applied: "Statut appliqué au message",
    message_two: "Réponse enregistrée, Message 2 mis en file",
    unknown_sender: "Expéditeur inconnu : gardé à part",
    duplicate: "Déjà enregistré",
    ignored: "Rien à en tirer",
    test: "Essai arrivé",
    unknown_message: "Aucun de nos messages",
    wrong_recipient: "Ignoré : le destinataire n’est pas celui du message",
    wrong_sid: "Ignoré : le SID n’est pas celui de l’envoi",
    not_a_status: "Ignoré : statut que Relance ne connaît pas",
  } as Record<string, string>,
  detail: {
    title: (id: number) => `Appel n° ${id}`,
    what: "L’appel",
    time: "Reçu",
    url: "Adresse demandée",
    ip: "Venu de",
    message: "Message",
    openMessage: "Ouvrir le message",
    contact: "Contact",
    openContact: "Ouvrir le contact",
    sid: "SID du message",
    applied: "Appliqué",
    outcome: "Suite",
    error: "Erreur",
    headers: "En-têtes",
    noHeaders: "Les en-têtes de cet appel n’ont pas été gardés.",
    params: "Paramètres",
    noParams: "Aucun paramètre.",
    raw: "Corps tel que reçu",
    emptyBody: "Corps vide.",
    cut: (kept: string, whole: string) => `Seul le début est gardé : ${kept} sur ${whole} octets.`,
  },
  replay: {
    action: "Rejouer",
    hint: "Applique l’appel une fois de plus, comme il est arrivé. Ce qui a déjà été fait ne l’est pas deux fois.",
    done: (result: string) => `Rejoué : ${result}`,
  },
  diagnosis: {
    title: "Pourquoi cet appel a été refusé",
    expected: "Relance a vérifié",
    signed: "Twilio a signé",
    toChange: "Que changer",
    previousToken: "Signé avec l’ancien jeton (TWILIO_AUTH_TOKEN_PREVIOUS)",
    currentToken: "Signé avec le jeton actuel",
    unmatched: "Aucune adresse et aucun jeton connus ne donnent cette signature",
    genuine: "La signature est bonne : c’est bien votre compte Twilio qui appelle.",
    titles: {
      unsigned: "L’appel n’est pas signé",
      wrong_signature: "La signature ne correspond pas",
      wrong_account: "Signé avec votre jeton, mais pour un autre compte",
      wrong_method: "Appelé sans POST",
      too_large: "Corps de plus de 64 Kio",
    } satisfies Record<WebhookRefusal, string>,
    differences: {
      scheme: (signed: string, expected: string) =>
        `Twilio appelle en ${signed}, Relance attend ${expected}.`,
      host: (signed: string, expected: string) =>
        `Twilio appelle un autre nom : ${signed}, Relance attend ${expected}.`,
      port: (signed: string, expected: string) =>
        `Le port diffère : ${signed} chez Twilio, ${expected} pour Relance.`,
      noPort: "aucun",
      slashMore: "Twilio appelle avec une barre oblique à la fin du chemin.",
      slashLess: "Twilio appelle sans la barre oblique à la fin du chemin.",
      path: (signed: string, received: string) =>
        `Le chemin a été réécrit en route : ${signed} chez Twilio, ${received} à l’arrivée.`,
      query: "Des paramètres de l’adresse ont été ajoutés en route.",
      token: "Signé avec l’ancien jeton, encore accepté.",
    },
    bodies: {
      as_received: null,
      json: "Le corps est signé comme du JSON.",
      no_params: "La signature ne couvre pas le corps : l’appel est parti sans lui.",
      without_empty: "Des paramètres vides ont été ajoutés en route.",
      first_of_repeated: "Un paramètre a été répété en route : seul le premier est signé.",
      last_of_repeated: "Un paramètre a été répété en route : seul le dernier est signé.",
      crlf: "Les fins de ligne du texte ont été changées en route (CRLF en LF).",
      lf: "Les fins de ligne du texte ont été changées en route (LF en CRLF).",
      trimmed: "Des espaces ont été ajoutés au bord des valeurs.",
      plus_kept: "Les signes + du texte ont été décodés deux fois.",
      latin1: "Les accents ont été recodés en route (Latin-1 au lieu d’UTF-8).",
    } satisfies Record<BodyReading, string | null>,
    cures: {
      settings: (url: string) => `Dans la console Twilio, mettez exactement ${url}`,
      variable: (origin: string) =>
        `Ou, si l’adresse signée est la bonne, mettez TWILIO_WEBHOOK_BASE_URL=${origin} et redémarrez.`,
      path: "Que le proxy laisse le chemin tel quel : la signature le couvre.",
      query: "Que le proxy n’ajoute rien à l’adresse : la signature la couvre.",
      body: "Que ce qui se trouve entre Twilio et Relance (proxy, pare-feu, fonction) laisse passer le corps octet pour octet.",
      json: "Dans la console Twilio, choisissez un envoi en formulaire (application/x-www-form-urlencoded).",
      previousToken:
        "Remettez le jeton principal de la console dans TWILIO_AUTH_TOKEN avant de vider l’ancien.",
      headerLost: "Un intermédiaire a retiré l’en-tête X-Twilio-Signature : qu’il le laisse passer.",
      notTwilio: "Si vous n’êtes pas l’auteur de cet appel, il n’y a rien à faire : il n’a rien changé.",
      account: (theirs: string) =>
        `Mettez dans TWILIO_ACCOUNT_SID le compte qui appelle (${theirs}), ou ne faites appeler que le vôtre.`,
      method: "Dans la console Twilio, choisissez « HTTP POST » à côté de l’adresse du webhook.",
      tooLarge: "Un appel de Twilio a quelques centaines d’octets : celui-ci n’en est pas un.",
      tokenChanged:
        "Si le jeton vient de changer chez Twilio, mettez le nouveau dans TWILIO_AUTH_TOKEN et l’ancien dans TWILIO_AUTH_TOKEN_PREVIOUS. Un sous-compte signe avec son propre jeton.",
      rewritten:
        "Sinon, un proxy a changé le corps ou l’adresse : envoyez un essai par l’adresse publique pour le savoir.",
      otherAccount:
        "L’appel nomme un autre compte Twilio que le vôtre : corrigez TWILIO_ACCOUNT_SID, ou retirez notre adresse de cet autre compte.",
    },
  },
});
