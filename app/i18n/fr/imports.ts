import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { count, plural } from "#app/i18n/plural.ts";

const lines = (total: number) => plural(total, "ligne", "lignes");
const contacts = (total: number) => plural(total, "contact", "contacts");

export const frImports = frenchSpaces({
  title: shell.imports,
  open: "Importer",
  steps: { label: "Étapes", file: "Fichier", columns: "Colonnes", check: "Vérification", done: "Import" },
  file: {
    title: "Votre fichier",
    hint: "Un fichier CSV d’Excel, de Google Sheets ou d’un autre outil. Rien n’est ajouté avant que vous ayez tout vérifié.",
    label: "Fichier CSV",
    limits: (megabytes: number, maxLines: number) =>
      `${megabytes} Mo et ${count(maxLines)} lignes au plus. Virgule, point-virgule ou tabulation, accents d’Excel compris.`,
    or: "ou",
    paste: "Lignes collées",
    pasteHint: "Collez ici un tableau copié d’Excel, ou des numéros, un par ligne.",
    submit: "Continuer",
    reading: "Lecture du fichier…",
    pasted: "Lignes collées",
  },
  recent: {
    title: "Vos derniers imports",
    hint: (unfinished: number, finished: number) =>
      `Un import qui n’est pas mené à bout s’efface après ${unfinished} jours. D’un import terminé, les lignes du fichier s’effacent après ${finished} jours ; les contacts et les chiffres restent.`,
    statuses: {
      mapping: "Colonnes à choisir",
      checking: "Vérification en cours",
      ready: "À valider",
      importing: "Import en cours",
      done: "Terminé",
      failed: "Échoué",
      undoing: "Annulation en cours",
      undone: "Annulé",
    },
    resume: (name: string) => `Ouvrir l’import ${name}`,
  },
  columns: {
    title: "Que contient chaque colonne ?",
    readAs: (encoding: string, delimiter: string) => `Lu en ${encoding}, colonnes séparées par ${delimiter}.`,
    encodings: { "utf-8": "UTF-8", "utf-16le": "UTF-16 (Excel)", "windows-1252": "Windows-1252 (Excel)" },
    delimiters: {
      ",": "une virgule",
      ";": "un point-virgule",
      "\t": "une tabulation",
      "|": "une barre",
    } as Record<string, string>,
    otherDelimiter: "un autre signe",
    hasHeader: "La première ligne donne les titres des colonnes",
    fields: {
      number: "Numéro WhatsApp",
      dialCode: "Indicatif du pays",
      firstName: "Prénom",
      lastName: "Nom",
    },
    none: "Aucune",
    choose: "Choisissez la colonne…",
    nth: (index: number) => `Colonne ${index + 1}`,
    option: (name: string, sample: string) => (sample ? `${name} (${sample})` : name),
    country: "Pays des numéros écrits sans indicatif",
    categories: "Ajouter ces contacts à des catégories",
    preview: "Ce que donnent les premières lignes",
    submit: "Vérifier toutes les lignes",
  },
  checking: {
    title: "Vérification des lignes",
    progress: (done: number, total: number) => `${count(done)} sur ${lines(total)}`,
    starting: "La lecture du fichier commence…",
    hint: "Vous pouvez quitter cette page : la vérification continue, et vous la retrouverez ici.",
  },
  ready: {
    title: "Ce que deviendra chaque ligne",
    hint: "Rien n’est encore ajouté. Une cellule corrigée est vérifiée de nouveau.",
    filter: "Filtrer les lignes",
    all: "Toutes",
    start: (total: number) => `Importer ${contacts(total)}`,
    startKnown: (total: number) => `Ajouter ${contacts(total)} aux catégories`,
    nothing: "Aucune ligne ne peut être importée : corrigez-en, ou changez les colonnes.",
    back: "Changer les colonnes",
    empty: "Aucune ligne dans ce cas",
    emptyHint: "Choisissez un autre verdict ci-dessus, ou revenez à toutes les lignes.",
    seeAll: "Voir toutes les lignes",
    line: "Ligne",
    verdict: "Verdict",
    actions: "Actions",
    cell: (field: string, line: number) => `${field}, ligne ${line}`,
    check: (line: number) => `Vérifier de nouveau la ligne ${line}`,
    stored: (number: string) => `sera ${number}`,
    seeContact: "Voir le contact",
  },
  verdicts: { accepted: "Acceptée", repaired: "Réparée", refused: "Refusée", known: "Déjà connue" },
  verdictTabs: { accepted: "Acceptées", repaired: "Réparées", refused: "Refusées", known: "Déjà connues" },
  verdictHints: {
    accepted: "Sera un nouveau contact",
    repaired: "Le numéro a été remis en forme : vérifiez-le",
    refused: "Ne sera pas importée",
    known: "Le contact existe déjà : il rejoint seulement les catégories choisies",
  },
  reasons: {
    required: "Il n’y a pas de numéro.",
    invalid_phone: "Ce numéro n’existe pas dans ce pays.",
    country_missing: "Pays inconnu : choisissez un pays par défaut, ou écrivez le numéro avec +.",
    spreadsheet_number: "Le tableur a arrondi ce numéro (6,12E+08) : ses chiffres sont perdus, retapez-le.",
    unreadable_text:
      "Un caractère de cette ligne est illisible (\ufffd) : retapez-le ici, ou enregistrez le fichier en « CSV UTF-8 » et importez-le de nouveau.",
    name_too_long: "Le prénom ou le nom dépasse 100 caractères.",
    open_quote:
      "Un guillemet ouvert sur cette ligne n’est jamais fermé : les lignes suivantes n’ont pas pu être lues. Fermez-le ou retirez-le dans le fichier, puis importez-le de nouveau.",
    duplicate_in_file: "Ce numéro est déjà sur une ligne précédente.",
    gone_since:
      "Ce contact a été supprimé, ou a changé de numéro, depuis la vérification : importez de nouveau cette ligne pour l’ajouter.",
    managed_by_other: "Ce numéro est déjà géré par un autre administrateur.",
  } as Record<string, string>,
  importing: {
    title: "Import en cours",
    progress: (done: number, total: number) => `${count(done)} sur ${contacts(total)}`,
    hint: "Vous pouvez quitter cette page : l’import continue.",
  },
  done: {
    title: "Import terminé",
    imported: "Contacts ajoutés",
    known: "Déjà connus",
    refused: "Lignes refusées",
    download: "Télécharger les lignes refusées",
    linesGone: "Les lignes du fichier ont été effacées depuis : il ne reste que ces chiffres.",
    see: "Voir les contacts",
    another: "Importer un autre fichier",
    undo: "Annuler cet import",
    undoTitle: "Annuler cet import ?",
    undoText:
      "Les contacts qu’il a ajoutés sont supprimés, sauf ceux qui ont déjà un message ou une réponse, ou qui se sont désabonnés. Ceux qui existaient avant restent, avec leurs catégories.",
    undoConfirm: "Annuler l’import",
    undone: (removed: number, kept: number) =>
      kept === 0
        ? `Import annulé : ${plural(removed, "contact retiré", "contacts retirés")}.`
        : `Import annulé : ${plural(removed, "contact retiré", "contacts retirés")}, ${plural(kept, "gardé", "gardés")} (messages déjà échangés, ou désabonnement).`,
  },
  undone: {
    title: "Import annulé",
    text: "Les contacts de cet import ont été retirés, sauf ceux qui avaient déjà un message ou une réponse, ou s’étaient désabonnés. Les lignes de son fichier ont été effacées.",
    removed: "Contacts retirés",
    kept: "Contacts gardés",
  },
  refresh: "Voir où il en est",
  failed: {
    check: {
      title: "La vérification s’est arrêtée",
      text: "Un problème de notre côté a interrompu la lecture du fichier, malgré plusieurs essais. Rien n’a été ajouté. Réessayez maintenant ou plus tard ; si cela recommence, importez un autre fichier ou prévenez votre administrateur.",
    },
    run: {
      title: "L’import s’est arrêté en chemin",
      text: "Un problème de notre côté a interrompu l’import, malgré plusieurs essais. Les contacts déjà ajoutés restent. Réessayez pour ajouter les autres, sans doublon, ou annulez tout l’import.",
    },
    linesGone:
      "Un problème de notre côté a interrompu cet import. Les lignes de son fichier ont été effacées depuis : importez de nouveau le fichier, les contacts déjà ajoutés ne le seront pas deux fois.",
    retry: "Réessayer",
  },
  refusedFile: { line: "Ligne", reason: "Motif du refus" },
});
