export const failures = {
  back: "Revenir au tableau de bord",
  retry: "Réessayer",
  requestId: (id: string) => `Référence de l’incident : ${id}`,
  notFound: {
    title: "Page introuvable",
    text: "Cette adresse ne mène nulle part : l’élément a peut-être été supprimé, ou il appartient à un autre administrateur.",
  },
  forbidden: {
    title: "Accès refusé",
    text: "Votre rôle ne permet pas d’ouvrir cette page.",
  },
  tooMany: {
    title: "Trop de demandes",
    text: "Patientez une minute, puis réessayez.",
  },
  badRequest: {
    title: "Demande incomprise",
    text: "L’adresse ou le formulaire n’est pas valide. Revenez en arrière et réessayez.",
  },
  unavailable: {
    title: "Base de données injoignable",
    text: "Rien n’est perdu : les messages et les réponses reçues attendent. La page reviendra dès que la base répondra.",
    form: "La base de données ne répond pas. Votre saisie est gardée ici : réessayez dans un instant.",
  },
  unexpected: {
    title: "Une erreur est survenue",
    text: "Ce n’est pas de votre fait. Réessayez ; si cela se reproduit, prévenez la personne qui administre Relance.",
  },
  offline: {
    title: "Connexion perdue",
    text: "Relance n’est pas joignable depuis ce navigateur. Vérifiez votre connexion : la page revient d’elle-même dès que le serveur répond.",
  },
};
