import { plural } from "#app/i18n/plural.ts";

export const categories = {
  title: "Catégories",
  count: (total: number) => plural(total, "catégorie", "catégories"),
  contactCount: (shown: string, total: number) => `${shown}\u00a0${total < 2 ? "contact" : "contacts"}`,
  contactWord: (total: number) => (total < 2 ? "contact" : "contacts"),
  add: "Nouvelle catégorie",
  empty: {
    title: "Aucune catégorie pour l’instant",
    text: "Une campagne s’adresse à une ou plusieurs catégories : créez-en une, puis rangez-y vos contacts.",
  },
  form: {
    newTitle: "Nouvelle catégorie",
    editTitle: "Modifier la catégorie",
    name: "Nom de la catégorie",
    namePlaceholder: "Clients fidèles",
    color: "Couleur",
    create: "Créer la catégorie",
  },
  colors: {
    fern: "Fougère",
    lagoon: "Lagon",
    sky: "Ciel",
    iris: "Iris",
    plum: "Prune",
    rose: "Rose",
    coral: "Corail",
    apricot: "Abricot",
    honey: "Miel",
    slate: "Ardoise",
  },
  ownColor: "Couleur actuelle",
  /** after a number of contacts */
  ofCategory: (name: string) => `dans ${name}`,
  created: "Catégorie créée.",
  updated: "Catégorie enregistrée.",
  deleted: "Catégorie supprimée. Ses contacts sont gardés.",
  remove: {
    action: "Supprimer",
    title: (name: string) => `Supprimer la catégorie « ${name} » ?`,
    text: "Ses contacts sont gardés, ils n’auront simplement plus cette catégorie.",
    confirm: "Supprimer la catégorie",
  },
};
