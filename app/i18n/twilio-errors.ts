// Twilio's error codes for the people who run campaigns: what happened, whose move it is, what to do.
// Every code of server/twilio/error-catalogue.ts has its text here (twilio-errors.test.ts keeps them together).
import { frenchSpaces } from "#app/i18n/french-spaces.ts";

/** Who can change the outcome. `nobody`: nothing to repair, the message is simply not going to arrive. */
export type Mover = "contact" | "admin" | "operator" | "twilio" | "nobody";

/** What the dashboard can offer beside the text. */
export type TwilioCure = "join" | "retry" | "edit_contact" | "edit_campaign";

export type TwilioErrorText = { title: string; what: string; mover: Mover; todo: string; cure?: TwilioCure };

export const moverLabels: Record<Mover, string> = {
  contact: "Le contact",
  admin: "Vous",
  operator: "La personne qui administre Relance et le compte Twilio",
  twilio: "Twilio ou WhatsApp",
  nobody: "Personne",
};

const later = "Rien à corriger : réessayez dans quelques minutes.";

export const twilioErrors: Record<number, TwilioErrorText> = frenchSpaces({
  11200: {
    title: "Relance injoignable pour Twilio",
    what: "Twilio n’a pas pu joindre l’adresse à laquelle il annonce les réponses et les statuts. Ce code se lit dans la console Twilio, pas sur un message.",
    mover: "operator",
    todo: "Vérifiez que TWILIO_WEBHOOK_BASE_URL est publique et répond (npm run doctor). Les statuts perdus sont redemandés à Twilio.",
  },
  20003: {
    title: "Identifiants Twilio refusés",
    what: "Twilio ne reconnaît pas le compte : identifiants erronés, compte suspendu, ou fonction fermée aux comptes d’essai.",
    mover: "operator",
    todo: "Vérifiez TWILIO_ACCOUNT_SID et TWILIO_AUTH_TOKEN et l’état du compte, redémarrez, puis reprenez les envois. Aucun message n’est perdu.",
  },
  20404: {
    title: "Compte Twilio introuvable",
    what: "L’adresse appelée chez Twilio n’existe pas, le plus souvent à cause d’un Account SID erroné.",
    mover: "operator",
    todo: "Corrigez TWILIO_ACCOUNT_SID, redémarrez, puis reprenez les envois.",
  },
  20429: {
    title: "Trop de demandes à la fois",
    what: "Twilio a refusé la demande parce que le compte en envoyait trop en même temps. Le message n’est pas parti.",
    mover: "twilio",
    todo: "Relance réessaie seul, en espaçant les envois. Si cela dure, réduisez SEND_CONCURRENCY.",
    cure: "retry",
  },
  20500: {
    title: "Panne chez Twilio",
    what: "Twilio a eu une erreur interne, et ne dit pas si le message est parti.",
    mover: "twilio",
    todo: "Relance vérifie chez Twilio avant tout nouvel envoi, pour ne pas écrire deux fois. Attendez le résultat.",
  },
  21211: {
    title: "Numéro invalide",
    what: "Twilio ne reconnaît pas ce numéro de téléphone.",
    mover: "admin",
    todo: "Corrigez le numéro du contact, puis réessayez.",
    cure: "edit_contact",
  },
  21408: {
    title: "Pays non autorisé",
    what: "Le compte Twilio n’a pas le droit d’écrire vers le pays de ce numéro.",
    mover: "operator",
    todo: "Autorisez ce pays dans la console Twilio (Geo permissions), puis réessayez.",
    cure: "retry",
  },
  21602: {
    title: "Message vide",
    what: "Twilio a reçu une demande sans texte.",
    mover: "admin",
    todo: "Vérifiez le texte de la campagne. S’il est rempli, signalez-le : c’est une erreur de Relance.",
    cure: "edit_campaign",
  },
  21603: {
    title: "Expéditeur absent",
    what: "La demande ne disait pas de quel numéro envoyer.",
    mover: "operator",
    todo: "Vérifiez TWILIO_SANDBOX_NUMBER, puis réessayez.",
    cure: "retry",
  },
  21606: {
    title: "Expéditeur inutilisable vers ce numéro",
    what: "Le numéro d’envoi n’appartient pas au compte, ou ne peut pas écrire à ce destinataire.",
    mover: "operator",
    todo: "Vérifiez TWILIO_SANDBOX_NUMBER et le compte Twilio, puis réessayez.",
    cure: "retry",
  },
  21608: {
    title: "Numéro non vérifié",
    what: "Un compte Twilio d’essai, ou sans profil de conformité approuvé, n’écrit qu’aux numéros vérifiés dans la console, et celui-ci ne l’est pas.",
    mover: "operator",
    todo: "Vérifiez ce numéro dans la console Twilio, ou passez le compte en payant et faites approuver son profil, puis réessayez.",
    cure: "retry",
  },
  21609: {
    title: "Adresse de retour refusée",
    what: "Twilio n’accepte pas l’adresse à laquelle il doit rappeler Relance.",
    mover: "operator",
    todo: "Donnez à TWILIO_WEBHOOK_BASE_URL une adresse publique en https, sans trait de soulignement dans le nom, puis réessayez.",
    cure: "retry",
  },
  21610: {
    title: "Désinscrit",
    what: "Ce contact a demandé à ne plus recevoir de messages.",
    mover: "contact",
    todo: "N’insistez pas : seul un message de sa part (START) rouvre la conversation.",
  },
  21611: {
    title: "File d’envoi pleine",
    what: "Trop de messages attendaient déjà derrière cet expéditeur. Celui-ci n’est pas parti.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  21614: {
    title: "Pas un téléphone mobile",
    what: "Ce numéro n’est pas celui d’un mobile.",
    mover: "admin",
    todo: "Demandez au contact son numéro WhatsApp et corrigez la fiche.",
    cure: "edit_contact",
  },
  21617: {
    title: "Texte trop long",
    what: "Le message dépasse 1 600 caractères.",
    mover: "admin",
    todo: "Raccourcissez le texte, puis relancez.",
    cure: "edit_campaign",
  },
  21619: {
    title: "Aucun contenu",
    what: "La demande n’avait ni texte ni modèle.",
    mover: "admin",
    todo: "Vérifiez le modèle et le texte de la campagne.",
    cure: "edit_campaign",
  },
  21654: {
    title: "Modèle exigé par Twilio",
    what: "Ce compte n’a pas le droit d’envoyer du texte libre : c’est le cas des nouveaux comptes d’essai. Ou bien la demande avait des variables (ContentVariables) sans modèle (ContentSid).",
    mover: "operator",
    todo: "Passez le compte Twilio en payant et utilisez le Sandbox classique, puis reprenez les envois.",
  },
  21655: {
    title: "Modèle inconnu de Twilio",
    what: "Le Content SID du modèle n’existe pas, a été supprimé, ou appartient à un autre compte.",
    mover: "admin",
    todo: "Actualisez les modèles, choisissez-en un qui existe, et créez la campagne à nouveau.",
    cure: "edit_campaign",
  },
  21656: {
    title: "Variables du modèle refusées",
    what: "Une variable du modèle est vide ou mal formée pour ce contact.",
    mover: "admin",
    todo: "Complétez la fiche du contact ou donnez un texte par défaut à la variable, puis réessayez.",
    cure: "edit_contact",
  },
  21658: {
    title: "Variable trop longue",
    what: "Une valeur envoyée dépasse la longueur que Twilio accepte.",
    mover: "admin",
    todo: "Raccourcissez la variable ou le champ du contact, puis réessayez.",
    cure: "edit_campaign",
  },
  21701: {
    title: "Service d’envoi introuvable",
    what: "Le Messaging Service configuré n’existe pas dans ce compte.",
    mover: "operator",
    todo: "Corrigez la configuration de l’expéditeur chez Twilio, puis reprenez les envois.",
  },
  21703: {
    title: "Service d’envoi sans expéditeur",
    what: "Le Messaging Service n’a aucun numéro WhatsApp.",
    mover: "operator",
    todo: "Ajoutez-y l’expéditeur WhatsApp, puis reprenez les envois.",
  },
  21704: {
    title: "Service d’envoi incomplet",
    what: "Le Messaging Service n’a pas d’expéditeur utilisable.",
    mover: "operator",
    todo: "Vérifiez ses expéditeurs dans la console Twilio, puis reprenez les envois.",
  },
  21910: {
    title: "Expéditeur et destinataire incompatibles",
    what: "L’un des deux numéros n’est pas une adresse WhatsApp.",
    mover: "operator",
    todo: "C’est une erreur de configuration ou de Relance : vérifiez TWILIO_SANDBOX_NUMBER et signalez-la.",
  },
  30001: {
    title: "File d’envoi pleine",
    what: "Twilio avait déjà trop de messages en attente.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  30003: {
    title: "Téléphone injoignable",
    what: "Le téléphone du contact est éteint ou hors réseau.",
    mover: "contact",
    todo: "Réessayez plus tard.",
    cure: "retry",
  },
  30005: {
    title: "Numéro inconnu",
    what: "Ce numéro n’existe pas ou n’est plus attribué.",
    mover: "admin",
    todo: "Demandez au contact son numéro actuel et corrigez la fiche.",
    cure: "edit_contact",
  },
  30008: {
    title: "Échec sans explication",
    what: "Le message n’est pas arrivé, et personne ne dit pourquoi.",
    mover: "twilio",
    todo: "Réessayez une fois. Si cela recommence, vérifiez le numéro avec le contact.",
    cure: "retry",
  },
  30036: {
    title: "Délai dépassé",
    what: "Le message est resté trop longtemps en file et Twilio l’a abandonné.",
    mover: "admin",
    todo: "S’il est encore utile, réessayez.",
    cure: "retry",
  },
  57012: {
    title: "Signature de Twilio refusée",
    what: "Relance a refusé un appel de Twilio parce que sa signature ne correspondait pas : adresse publique ou jeton différents. Ce code se lit dans la console Twilio, pas sur un message.",
    mover: "operator",
    todo: "Vérifiez TWILIO_WEBHOOK_BASE_URL et TWILIO_AUTH_TOKEN ; pendant un changement de jeton, gardez l’ancien dans TWILIO_AUTH_TOKEN_PREVIOUS.",
  },
  63001: {
    title: "Expéditeur non authentifié",
    what: "WhatsApp ne reconnaît plus l’expéditeur de ce compte.",
    mover: "operator",
    todo: "Reconnectez l’expéditeur WhatsApp dans la console Twilio, puis reprenez les envois.",
  },
  63002: {
    title: "Expéditeur inconnu de WhatsApp",
    what: "L’adresse d’envoi n’existe pas sur WhatsApp.",
    mover: "operator",
    todo: "Vérifiez TWILIO_SANDBOX_NUMBER dans la console Twilio, puis réessayez.",
    cure: "retry",
  },
  63003: {
    title: "Pas sur WhatsApp",
    what: "Ce numéro n’a pas de compte WhatsApp actif.",
    mover: "contact",
    todo: "Demandez au contact le numéro qu’il utilise sur WhatsApp et corrigez la fiche.",
    cure: "edit_contact",
  },
  63005: {
    title: "Contenu refusé par WhatsApp",
    what: "WhatsApp n’accepte pas ce contenu : type de message, pays ou moment.",
    mover: "admin",
    todo: "Simplifiez le message ou choisissez un autre modèle.",
    cure: "edit_campaign",
  },
  63007: {
    title: "Expéditeur introuvable, ou contact non inscrit",
    what: "Twilio ne trouve pas l’expéditeur (From) : numéro du Sandbox faux ou Sandbox non activé sur ce compte, le plus souvent. Plus rarement, le contact n’a pas rejoint le Sandbox, ce que Twilio dit d’ordinaire par 63015.",
    mover: "operator",
    todo: "Vérifiez TWILIO_SANDBOX_NUMBER, le compte et l’activation du Sandbox dans la console Twilio, puis réessayez. Si un seul contact est touché, invitez-le à envoyer le code d’inscription.",
    cure: "join",
  },
  63009: {
    title: "Panne chez WhatsApp",
    what: "WhatsApp a eu une erreur en traitant le message.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  63010: {
    title: "Panne chez Twilio",
    what: "Twilio a eu une erreur interne en traitant le message.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  63012: {
    title: "Panne chez WhatsApp",
    what: "Le service de WhatsApp a eu une erreur interne.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  63013: {
    title: "Contraire aux règles de WhatsApp",
    what: "Le message rendu n’est pas permis : variable vide, retour à la ligne, suite d’espaces, ou contenu interdit.",
    mover: "admin",
    todo: "Corrigez la variable ou la fiche du contact, puis réessayez.",
    cure: "edit_contact",
  },
  63014: {
    title: "Bloqué par le contact",
    what: "Ce contact a bloqué l’expéditeur ou refusé ses messages.",
    mover: "contact",
    todo: "N’insistez pas : lui seul peut débloquer la conversation.",
  },
  63015: {
    title: "Pas inscrit au Sandbox",
    what: "Ce contact n’a pas rejoint le Sandbox, l’a quitté, ou son inscription de 72 h est passée.",
    mover: "contact",
    todo: "Invitez-le à envoyer le code d’inscription, puis réessayez : le message partira.",
    cure: "join",
  },
  63016: {
    title: "Fenêtre de 24 h fermée",
    what: "Plus de 24 h depuis le dernier message du contact : WhatsApp n’accepte plus de texte libre, seulement un modèle approuvé.",
    mover: "contact",
    todo: "Attendez que le contact écrive, ou relancez-le avec une campagne (Message 1 part d’un modèle).",
  },
  63017: {
    title: "Débit du compte dépassé",
    what: "Le compte Twilio envoyait trop vite.",
    mover: "twilio",
    todo: later,
    cure: "retry",
  },
  63018: {
    title: "Débit dépassé",
    what: "L’expéditeur envoyait trop vite (le Sandbox accepte un message toutes les 3 s), ou sa limite quotidienne est atteinte.",
    mover: "twilio",
    todo: "Relance ralentit et réessaie seul. Si cela dure, augmentez SEND_INTERVAL_MS ou attendez le lendemain.",
    cure: "retry",
  },
  63019: {
    title: "Fichier inaccessible",
    what: "Twilio n’a pas pu télécharger le fichier joint au message.",
    mover: "admin",
    todo: "Vérifiez que l’adresse du fichier est publique, puis réessayez.",
    cure: "retry",
  },
  63020: {
    title: "Invitation Meta en attente",
    what: "L’invitation de Twilio n’a pas été acceptée dans Meta Business Manager.",
    mover: "operator",
    todo: "Acceptez l’invitation dans Meta Business Manager, puis reprenez les envois.",
  },
  63021: {
    title: "Message trop long ou non permis",
    what: "Le modèle une fois rempli dépasse 1 024 caractères, ou contient un élément que WhatsApp refuse.",
    mover: "admin",
    todo: "Raccourcissez les variables, puis réessayez.",
    cure: "edit_campaign",
  },
  63024: {
    title: "Destinataire impossible",
    what: "WhatsApp ne peut pas écrire à ce numéro : pas de compte, application trop ancienne ou conditions non acceptées.",
    mover: "contact",
    todo: "Vérifiez le numéro avec le contact et demandez-lui de mettre WhatsApp à jour, puis réessayez.",
    cure: "retry",
  },
  63027: {
    title: "Modèle absent dans cette langue",
    what: "Le modèle n’existe pas, chez WhatsApp, dans la langue demandée.",
    mover: "admin",
    todo: "Actualisez les modèles et choisissez-en un qui existe.",
    cure: "edit_campaign",
  },
  63028: {
    title: "Nombre de variables différent",
    what: "Le modèle approuvé n’a pas le même nombre de variables que la demande.",
    mover: "admin",
    todo: "Actualisez les modèles, puis vérifiez les variables de la campagne.",
    cure: "edit_campaign",
  },
  63030: {
    title: "Option non permise",
    what: "Une option de la demande n’existe pas pour WhatsApp.",
    mover: "operator",
    todo: "C’est une erreur de Relance : signalez-la avec ce code.",
  },
  63031: {
    title: "Expéditeur et destinataire identiques",
    what: "Le contact a le même numéro que l’expéditeur.",
    mover: "admin",
    todo: "Corrigez le numéro du contact.",
    cure: "edit_contact",
  },
  63032: {
    title: "Écarté par WhatsApp",
    what: "WhatsApp a placé ce contact dans un groupe d’essai qui ne reçoit pas ce genre de message.",
    mover: "nobody",
    todo: "Rien à corriger, et rien à faire pour ce contact.",
  },
  63033: {
    title: "Publicité refusée par le contact",
    what: "Ce contact ne veut pas de messages commerciaux de votre entreprise.",
    mover: "contact",
    todo: "N’insistez pas : gardez-le pour les messages de service.",
  },
  63038: {
    title: "Limite quotidienne atteinte",
    what: "Le compte Twilio a envoyé tout ce qu’il peut en 24 h.",
    mover: "operator",
    todo: "Les envois reprendront d’eux-mêmes. Pour aller plus loin, passez le compte en payant ou demandez une hausse à Twilio.",
  },
  63040: {
    title: "Modèle rejeté",
    what: "WhatsApp a rejeté ce modèle.",
    mover: "admin",
    todo: "Choisissez un autre modèle, ou corrigez celui-ci et soumettez-le à nouveau.",
    cure: "edit_campaign",
  },
  63041: {
    title: "Modèle en pause",
    what: "WhatsApp a suspendu ce modèle à cause de réactions négatives.",
    mover: "admin",
    todo: "Attendez la fin de la suspension (quelques heures) ou choisissez un autre modèle.",
    cure: "edit_campaign",
  },
  63042: {
    title: "Modèle désactivé",
    what: "WhatsApp a désactivé ce modèle.",
    mover: "admin",
    todo: "Choisissez un autre modèle.",
    cure: "edit_campaign",
  },
  63049: {
    title: "Retenu par Meta",
    what: "Meta a choisi de ne pas remettre ce message commercial : ce contact en reçoit déjà beaucoup, ou son pays n’en reçoit pas.",
    mover: "nobody",
    todo: "N’insistez pas aujourd’hui. Réessayez dans quelques jours, ou passez par un autre canal.",
    cure: "retry",
  },
  63051: {
    title: "Expéditeur verrouillé",
    what: "WhatsApp a verrouillé l’expéditeur, le plus souvent après un mois sans trafic.",
    mover: "operator",
    todo: "Réactivez-le dans la console Twilio, puis reprenez les envois.",
  },
  63062: {
    title: "Conditions de Meta à accepter",
    what: "Les conditions des messages commerciaux n’ont pas été acceptées chez Meta.",
    mover: "operator",
    todo: "Acceptez-les dans WhatsApp Manager, puis reprenez les envois.",
  },
  63112: {
    title: "Compte WhatsApp désactivé",
    what: "Meta a désactivé le compte WhatsApp Business, ou sa vérification est en attente.",
    mover: "operator",
    todo: "Voyez l’état du compte chez Meta. Les envois attendront que vous les repreniez.",
  },
  92002: {
    title: "Trop de variables",
    what: "Le modèle a reçu plus de 100 variables.",
    mover: "admin",
    todo: "Choisissez un modèle plus simple.",
    cure: "edit_campaign",
  },
  92005: {
    title: "Modèle manquant",
    what: "La demande ne disait pas quel modèle envoyer.",
    mover: "admin",
    todo: "Choisissez un modèle configuré, puis relancez.",
    cure: "edit_campaign",
  },
  92007: {
    title: "Variables du modèle refusées",
    what: "Une variable du modèle n’est pas valable.",
    mover: "admin",
    todo: "Corrigez la variable ou la fiche du contact, puis réessayez.",
    cure: "edit_contact",
  },
});

/** The explanation of a code, or null for one we do not know: then Twilio's own text and link are shown. */
export function twilioError(code: number | null): TwilioErrorText | null {
  return code === null ? null : (twilioErrors[code] ?? null);
}

/** Twilio's page about a code. */
export function twilioErrorUrl(code: number): string {
  return `https://www.twilio.com/docs/api/errors/${code}`;
}

/** Whether the cure is to invite the contact to the sandbox (criteria 7.1, 7.5, 9.4). */
export function needsJoin(code: number | null): boolean {
  return twilioError(code)?.cure === "join";
}
