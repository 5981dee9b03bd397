export const trial = {
  title: "Essayer sur un numéro",
  hint: "Message 1 part aussitôt, avant les autres messages, et ne compte dans aucun chiffre de la campagne.",
  recognised: (formatted: string) => `L’essai partira au ${formatted}`,
  action: "Envoyer l’essai",
  done: "L’essai part.",
  last: "Derniers essais",
  paused: "En pause, rien ne part, pas même un essai : reprenez d’abord la campagne.",
};
