import { frenchSpaces } from "#app/i18n/french-spaces.ts";

export const frSignIn = frenchSpaces({
  title: "Connexion",
  heading: "Bon retour",
  intro: "Connectez-vous pour suivre vos campagnes.",
  email: "Adresse e-mail",
  password: "Mot de passe",
  showPassword: "Afficher le mot de passe",
  hidePassword: "Masquer le mot de passe",
  submit: "Se connecter",
  submitting: "Connexion…",
  required: "Indiquez votre adresse e-mail et votre mot de passe.",
  expired: "Votre session a expiré. Reconnectez-vous pour continuer.",
  signedOut: "Vous êtes déconnecté.",
  code: {
    title: "Code de connexion",
    heading: "Encore un code",
    intro: "Votre compte demande un code en plus du mot de passe.",
    label: "Code",
    hint: "Les six chiffres de votre application, ou l’un de vos codes de secours.",
    back: "Revenir au mot de passe",
  },
  reset: {
    title: "Nouveau mot de passe",
    heading: "Nouveau mot de passe",
    intro: (email: string) => `Pour le compte ${email}. Vos sessions ouvertes se terminent.`,
    invalid:
      "Ce lien a déjà servi, a été remplacé ou a plus de 24 heures. Demandez-en un nouveau à un super administrateur.",
    save: "Enregistrer le mot de passe",
    done: "Mot de passe enregistré. Connectez-vous avec lui.",
    toSignIn: "Aller à la connexion",
  },
  aside: {
    one: "Bonjour Camille, votre commande est prête.",
    answer: "Super, je passe demain !",
    two: "Parfait. Voici l’adresse et les horaires : https://exemple.fr/boutique",
    caption: "Message 1 part, le contact répond, Message 2 suit tout seul.",
  },
});
