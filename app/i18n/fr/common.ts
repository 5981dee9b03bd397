import { count, plural } from "#app/i18n/plural.ts";

export const common = {
  appName: "Relance",
  tagline: "Campagnes WhatsApp et relances",
  save: "Enregistrer",
  add: "Ajouter",
  edit: "Modifier",
  remove: "Supprimer",
  close: "Fermer",
  back: "Revenir",
  search: "Rechercher",
  clear: "Effacer",
  apply: "Appliquer",
  none: "—",
  optional: "facultatif",
  copy: "Copier",
  copied: "Copié",
  notifications: "Notifications",
  moreActions: (subject: string) => `Actions pour ${subject}`,
  loading: "Chargement…",
  working: "Un instant…",
  title: (page: string) => `${page} · Relance`,
  pagination: {
    label: "Pages",
    previous: "Page précédente",
    next: "Page suivante",
    position: (page: number, pages: number) => `Page ${count(page)} sur ${count(pages)}`,
    range: (from: number, to: number, total: number) => `${count(from)} à ${count(to)} sur ${count(total)}`,
  },
  /** a count that stops at some number */
  moreThan: (total: string) => `plus de ${total}`,
  saved: "Modifications enregistrées.",
  formInvalid: (fields: number) =>
    fields === 1 ? "Un champ est à corriger." : `${plural(fields, "champ", "champs")} à corriger.`,
  /** what is wrong with a field, by the key the server gives */
  field: {
    required: "Ce champ est obligatoire.",
    too_long: "Ce texte est trop long.",
    too_many: "C’est trop d’éléments à la fois.",
    invalid: "Cette valeur n’est pas acceptée.",
    invalid_email: "Cette adresse e-mail n’est pas valable.",
    invalid_color: "Choisissez une couleur de la liste.",
    invalid_phone: "Ce numéro n’existe pas dans ce pays. Vérifiez le pays et les chiffres.",
    country_missing: "Choisissez le pays, ou commencez le numéro par +.",
    column_twice: "Une même colonne ne peut servir qu’une fois.",
    invalid_link: "Un lien de ce texte n’est pas valable : vérifiez les adresses https:// et wa.me.",
  } as Record<string, string>,
};
