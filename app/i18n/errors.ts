// What a person reads when they caused an error: a text per code, and the form field it belongs to, if any.
import { fr } from "#app/i18n/fr.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { count, plural } from "#app/i18n/plural.ts";
import type { AppErrorCode, AppErrorMeta } from "#server/errors.ts";

type ErrorText = {
  text: string | ((meta: AppErrorMeta) => string);
  field?: string | ((meta: AppErrorMeta) => string);
};

const variableProblems: Record<string, string> = {
  missing: "n’est pas remplie",
  empty: "est vide",
  multiline: "contient un retour à la ligne ou une tabulation, ce que WhatsApp refuse",
  spaces: "contient plus de quatre espaces de suite, ce que WhatsApp refuse",
  too_long: "est trop longue",
};

export const errorTexts: Record<AppErrorCode, ErrorText> = {
  "auth.invalid_credentials": { text: "Adresse e-mail ou mot de passe incorrect." },
  "auth.locked": {
    text: "Trop d’essais. Pour protéger le compte, la connexion est bloquée pendant 15 minutes.",
  },
  "auth.required": { text: "Votre session a expiré. Reconnectez-vous." },
  "auth.forbidden": { text: "Votre rôle ne permet pas cette action." },
  "api.too_many_requests": {
    text: (meta) =>
      `Trop de demandes à la fois. Réessayez dans ${plural(Number(meta.seconds), "seconde", "secondes")}.`,
  },
  "api.header_missing": { text: "Cette demande ne vient pas d’une page de Relance." },
  "api.read_only": { text: "Ce jeton permet de lire, pas de changer quoi que ce soit." },
  "api.session_required": { text: "Cette action se fait dans le tableau de bord, pas avec un jeton d’API." },
  "api_token.not_found": { text: "Ce jeton n’existe pas ou plus." },
  "api_token.too_many": {
    text: (meta) =>
      `Vous avez déjà ${meta.maximum} jetons valables. Révoquez d’abord ceux qui ne servent plus.`,
  },
  "auth.challenge_expired": { text: "Cette connexion a trop duré. Recommencez avec votre mot de passe." },
  "auth.wrong_code": {
    text: "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et réessayez.",
    field: "code",
  },
  "two_factor.already_on": { text: "La double authentification est déjà active." },
  "two_factor.not_started": { text: "La double authentification n’est pas active. Recommencez." },
  "contact.not_found": { text: "Ce contact n’existe pas ou plus." },
  "contact.invalid_number": {
    text: "Ce numéro n’existe pas dans ce pays. Vérifiez le pays et les chiffres.",
    field: "number",
  },
  "contact.already_exists": { text: "Un de vos contacts a déjà ce numéro.", field: "number" },
  "contact.managed_by_other": {
    text: "Ce numéro est déjà géré par un autre administrateur.",
    field: "number",
  },
  "contact.number_of_deleted": {
    text: "Un contact supprimé avait ce numéro : ajoutez-le comme nouveau contact pour le retrouver.",
    field: "number",
  },
  "contact.already_opted_out": { text: "L’arrêt est déjà enregistré pour ce contact." },
  "contact.not_opted_out": { text: "Ce contact n’a pas demandé l’arrêt, ou l’arrêt a été levé entre-temps." },
  "contact.in_flight": {
    text: "Un message vers ce contact est en route, ou attend votre décision. Effacez quand son sort est connu.",
  },
  "category.not_found": { text: "Cette catégorie n’existe pas ou plus.", field: "categoryIds" },
  "category.name_taken": { text: "Une de vos catégories porte déjà ce nom.", field: "name" },
  "template.not_found": { text: "Ce modèle n’existe pas ou plus.", field: "templateId" },
  "template.not_configured": {
    text: "Ce modèle n’a pas de Content SID : renseignez TWILIO_DEFAULT_CONTENT_SID, ou choisissez-en un autre.",
    field: "templateId",
  },
  "template.sync_failed": {
    text: "Twilio n’a pas donné la liste des modèles. Réessayez dans un instant.",
  },
  "campaign.not_found": { text: "Cette campagne n’existe pas ou plus." },
  "campaign.not_editable": { text: "Une campagne lancée ne se modifie plus." },
  "campaign.not_deletable": { text: "Mettez fin à la campagne avant de la supprimer." },
  "campaign.not_archivable": {
    text: "Cette campagne n’est pas terminée : mettez-y fin avant de l’archiver.",
  },
  "campaign.wrong_status": {
    text: "La campagne a changé d’état entre-temps : voyez où elle en est.",
  },
  "campaign.taken_over": {
    text: "Cette campagne vient de l’ancien système : ce qui y attend a peut-être déjà été envoyé. Pour l’envoyer à qui ne l’a pas reçue, dupliquez-la et choisissez un modèle ; pour la clore, annulez-la.",
  },
  "campaign.no_recipients": {
    text: "Les catégories choisies n’ont aucun contact à qui envoyer.",
    field: "categoryIds",
  },
  "campaign.variable_invalid": {
    text: (meta) =>
      `${meta.variable === undefined ? "Une variable du modèle" : `La variable {{${meta.variable}}}`} ${variableProblems[String(meta.problem)] ?? "n’est pas valable"}${contactsConcerned(meta.contacts)}.`,
    field: (meta) => `variables.${meta.variable}`,
  },
  "campaign.schedule_past": {
    text: "Cette heure est déjà passée : choisissez un moment à venir.",
    field: "time",
  },
  "campaign.already_started": {
    text: "Cette campagne a déjà des destinataires : elle ne peut plus redevenir un brouillon.",
  },
  "message.recipient_opted_out": {
    text: "Cette personne a demandé à ne plus recevoir de messages : choisissez un autre numéro pour le test.",
    field: "number",
  },
  "message.not_found": { text: "Ce message n’existe pas ou plus." },
  "message.not_retryable": { text: "Ce message n’est pas en échec : rien à réessayer." },
  "message.not_undecided": {
    text: "Ce message n’attend plus de décision : son sort est connu entre-temps.",
  },
  "message.candidate_gone": {
    text: "Ce message de Twilio n’est plus à attribuer. Regardez de nouveau la liste.",
  },
  "message.not_cancellable": {
    text: "Ce message est déjà parti ou réglé : il ne peut plus être retiré.",
  },
  "conversation.window_closed": {
    text: "La fenêtre de 24 h s’est fermée : le texte libre ne passe plus. Répondez par un modèle approuvé.",
  },
  "conversation.opted_out": {
    text: "Cette personne a demandé à ne plus recevoir de messages : rien ne lui est envoyé.",
  },
  "conversation.contact_flagged": {
    text: "La fiche de ce contact est à corriger (doublon ou numéro invalide) : rien ne lui est envoyé.",
  },
  "media.not_found": { text: "Cette pièce jointe n’existe pas ou plus." },
  "quick_reply.not_found": { text: "Cette réponse rapide n’existe pas ou plus." },
  "quick_reply.shortcut_taken": {
    text: "Une de vos réponses rapides a déjà ce raccourci.",
    field: "shortcut",
  },
  "unknown_sender.not_found": {
    text: "Cet expéditeur n’est plus inconnu : voyez ses messages chez le contact.",
  },
  "twilio.unreachable": { text: "Twilio ne répond pas. Réessayez dans un instant." },
  "webhook.not_found": { text: "Cet appel n’est plus conservé." },
  "webhook.not_replayable": {
    text: "Cet appel a été refusé : rien ne prouve qu’il vient de Twilio, il ne se rejoue pas.",
  },
  "import.not_found": { text: "Cet import n’existe pas ou plus." },
  "import.wrong_status": { text: "Cet import a avancé entre-temps : la page montre où il en est." },
  "import.empty": { text: "Ce fichier ne contient aucune ligne.", field: "file" },
  "import.not_text": {
    text: "Ce fichier n’est pas un fichier CSV. Dans Excel : Enregistrer sous, puis « CSV UTF-8 ».",
    field: "file",
  },
  "import.too_big": {
    text: (meta) =>
      `Ce fichier dépasse ${meta.maxMegabytes} Mo. Répartissez ses lignes dans plusieurs fichiers et importez-les l’un après l’autre.`,
    field: "file",
  },
  "import.too_many_lines": {
    text: (meta) =>
      `Ce fichier a plus de ${count(Number(meta.maxLines))} lignes. Répartissez-les dans plusieurs fichiers et importez-les l’un après l’autre.`,
    field: "file",
  },
  "import.no_file": { text: "Choisissez un fichier, ou collez des lignes.", field: "file" },
  "sender.not_paused": { text: "Les envois ne sont pas suspendus." },
  "user.not_found": { text: "Ce compte n’existe pas ou plus." },
  "user.wrong_password": { text: "Ce n’est pas votre mot de passe actuel.", field: "currentPassword" },
  "user.last_super_admin": {
    text: "C’est le dernier super administrateur : donnez d’abord ce rôle à quelqu’un d’autre.",
  },
  "user.email_taken": { text: "Un compte existe déjà pour cette adresse.", field: "email" },
  "user.weak_password": {
    text: (meta) => `Ce mot de passe est trop court : il faut au moins ${meta.minimum} caractères.`,
    field: "newPassword",
  },
  "user.long_password": {
    text: (meta) =>
      `Ce mot de passe est trop long : ${meta.maximum} octets au plus, soit autant de lettres sans accent.`,
    field: "newPassword",
  },
  "user.common_password": {
    text: "Ce mot de passe serait vite deviné : il est fait de mots courants, de suites ou de votre adresse. Choisissez plusieurs mots sans rapport.",
    field: "newPassword",
  },
  "user.reset_link_invalid": {
    text: "Ce lien a déjà servi, a été remplacé ou a plus de 24 heures. Demandez-en un nouveau à un super administrateur.",
  },
};

function contactsConcerned(contacts: AppErrorMeta[string] | undefined): string {
  return typeof contacts === "number" && contacts > 0
    ? ` pour ${plural(contacts, "contact", "contacts")}`
    : "";
}

/** The French text of an error of ours. */
export function errorText(code: AppErrorCode, meta: AppErrorMeta = {}): string {
  const { text } = errorTexts[code];
  return frenchSpaces(typeof text === "string" ? text : text(meta));
}

/** The French text of an error of which only the code was kept; null for what is no code of ours. */
export function keptErrorText(code: string): string | null {
  return Object.hasOwn(errorTexts, code) ? errorText(code as AppErrorCode) : null;
}

/** The name of the form field the error belongs to, or null when it concerns the whole form. */
export function errorField(code: AppErrorCode, meta: AppErrorMeta = {}): string | null {
  const { field } = errorTexts[code];
  return typeof field === "function" ? field(meta) : (field ?? null);
}

/** What is wrong with a field, by the key the server's schemas use. */
export function fieldText(key: string): string {
  return fr.common.field[key] ?? "Cette valeur n’est pas acceptée.";
}
