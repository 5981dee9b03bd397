import { frenchSpaces } from "#app/i18n/french-spaces.ts";

/** The rights of the person behind a contact. */
export const frPersonalData = frenchSpaces({
  title: "Données personnelles",
  hint: "À la demande de la personne : une copie de tout ce qui est gardé sur elle, ou son effacement.",
  export: "Exporter (JSON)",
  erase: "Effacer pour de bon",
  eraseTitle: (name: string) => `Effacer ${name} pour de bon ?`,
  eraseText:
    "Son nom, son numéro, le texte de ses messages et de ses réponses et les appels de Twilio qui en parlent disparaissent de Relance. Rien ne les ramène.",
  eraseKept:
    "Les totaux des campagnes restent. Plus rien ne lui sera envoyé, même si son numéro revient par un import. Chez Twilio, les textes s’effacent à part.",
  eraseConfirm: "Effacer pour de bon",
  erased: "Contact effacé pour de bon.",
  erasedBefore: "Cette personne avait été effacée à sa demande : son numéro reste silencieux.",
});
