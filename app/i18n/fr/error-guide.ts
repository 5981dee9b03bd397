import { plural } from "#app/i18n/plural.ts";

export const errorGuide = {
  title: "Guide des erreurs",
  intro: "Chaque code de Twilio : ce qui s’est passé, à qui de jouer, et que faire.",
  search: "Chercher un code ou un mot",
  placeholder: "63015, modèle, numéro…",
  total: (total: number) => plural(total, "erreur expliquée", "erreurs expliquées"),
  nothing: {
    title: "Ce code n’est pas dans le guide",
    text: "Un code que Relance ne connaît pas est montré avec le texte de Twilio et un lien vers sa documentation.",
  },
};
