import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { plural } from "#app/i18n/plural.ts";

export const frUsers = frenchSpaces({
  title: "Utilisateurs",
  total: (total: number) => plural(total, "compte", "comptes"),
  add: shell.newUser,
  columns: { email: "Compte", role: "Rôle", state: "État", seen: "Dernière activité", actions: "Actions" },
  you: "vous",
  active: "Actif",
  inactive: "Fermé",
  never: "jamais",
  sessions: (total: number) => plural(total, "session ouverte", "sessions ouvertes"),
  form: {
    title: "Nouveau compte",
    email: "Adresse e-mail",
    role: "Rôle",
    roleHint:
      "Un administrateur voit ce qu’il a créé. Un super administrateur voit tout et gère les comptes.",
    create: "Créer le compte",
  },
  password: {
    title: "Mot de passe à transmettre",
    text: (email: string) =>
      `Voici le mot de passe de ${email}. Il n’est montré qu’ici et qu’une fois : copiez-le maintenant. La personne le change ensuite dans « Mon compte ».`,
    label: "Mot de passe",
    done: "C’est noté",
  },
  reset: {
    action: "Accès",
    label: (email: string) => `Rendre l’accès à ${email}`,
    title: (email: string) => `Rendre l’accès à ${email}`,
    confirm: "Donner un nouveau mot de passe",
    linkText:
      "Avec un lien, la personne choisit elle-même son mot de passe ; le sien vaut jusque-là. Sinon, donnez-lui-en un : l’ancien ne vaut plus, et ses sessions se terminent aussitôt. Dans les deux cas, ses jetons d’API cessent de valoir avec l’ancien mot de passe.",
    link: "Créer un lien",
  },
  resetLink: {
    title: "Lien à transmettre",
    text: (email: string, until: string) =>
      `Par ce lien, ${email} choisit un nouveau mot de passe. Il sert une fois, vaut ${until} et n’est montré qu’ici : copiez-le maintenant.`,
    label: "Lien",
  },
  twoFactor: {
    on: "Double authentification",
    text: "Téléphone et codes de secours perdus ? Sans double authentification, le mot de passe suffit. Vérifiez d’abord que c’est bien cette personne qui le demande.",
    remove: "Retirer la double authentification",
    done: "Double authentification retirée.",
  },
  deactivate: {
    action: "Fermer",
    label: (email: string) => `Fermer le compte ${email}`,
    title: (email: string) => `Fermer le compte ${email} ?`,
    text: "La personne est déconnectée aussitôt et ne peut plus se connecter. Ses contacts et ses campagnes restent.",
    confirm: "Fermer le compte",
    done: "Compte fermé.",
  },
  activate: {
    action: "Rouvrir",
    label: (email: string) => `Rouvrir le compte ${email}`,
    done: "Compte rouvert.",
  },
  role: {
    action: "Rôle",
    label: {
      admin: (email: string) => `Rôle de ${email} : rendre administrateur`,
      super_admin: (email: string) => `Rôle de ${email} : rendre super administrateur`,
    },
    title: (email: string) => `Changer le rôle de ${email} ?`,
    text: {
      admin: "Cette personne ne verra plus que ce qu’elle a créé, et ne gérera plus les comptes.",
      super_admin: "Cette personne verra tout, de tous les administrateurs, et gérera les comptes.",
    },
    confirm: "Changer le rôle",
    done: "Rôle changé.",
  },
  owner: {
    title: "Responsable",
    hint: "Cet administrateur voit cette fiche et s’en occupe.",
    nobody: "Personne ne s’en occupe : seul un super administrateur voit cette fiche.",
    label: "Administrateur",
    choose: "Choisir…",
    assign: "Attribuer",
    done: "Responsable changé.",
  },
  ownerless: {
    title: "Sans responsable",
    text: (contacts: number, campaigns: number, categories: number) =>
      `${plural(contacts, "contact", "contacts")}, ${plural(campaigns, "campagne", "campagnes")} et ${plural(categories, "catégorie", "catégories")} n’ont pas de responsable : seul un super administrateur les voit.`,
    done: "Tout est attribué.",
  },
});
