import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { plural } from "#app/i18n/plural.ts";

/** What `npm run reconcile` prints. */
export const frReconcile = frenchSpaces({
  start: "Interrogation de Twilio…",
  message: (id: number, number: string, from: string, to: string, why: string) =>
    `Message ${id} (${number}) : ${from} → ${to}, ${why}`,
  why: {
    accept: "retrouvé chez Twilio",
    prove: "retrouvé chez Twilio",
    retry: "absent de Twilio au dernier regard, ou refus passager : nouvel essai",
    refuse: "refusé par Twilio",
    deliver: "Twilio le dit arrivé",
    read: "Twilio le dit lu",
    outlive: "Twilio le dit arrivé malgré tout",
  } as Record<string, string>,
  code: (code: number) => `code ${code}`,
  inbound: (number: string, result: string) => `Réponse de ${number} retrouvée : ${result}`,
  results: {
    message_two: "Message 2 mis en file",
    unknown_sender: "expéditeur inconnu, conservée",
    duplicate: "déjà enregistrée",
  } as Record<string, string>,
  recorded: "enregistrée, sans Message 2",
  notApplied: "conservée, pas encore appliquée",
  asked: (messages: number) => `${plural(messages, "message interrogé", "messages interrogés")}.`,
  nothing: "Rien à changer.",
  changed: (lines: number) => `${plural(lines, "changement", "changements")}.`,
  uncertain: (messages: number) =>
    `${plural(messages, "message reste", "messages restent")} à vérifier ; rien ne repart avant le troisième regard prévu.`,
  undecided: (messages: number) =>
    `${plural(messages, "message attend", "messages attendent")} une décision : plusieurs messages possibles chez Twilio.`,
  failed: (messages: number) =>
    `${plural(messages, "message n’a pas pu", "messages n’ont pas pu")} être vérifié(s) : voir le journal.`,
  twilio: (reason: string) => `Twilio n’a pas répondu : ${reason}`,
  broken: (reason: string) => `La réconciliation s’est arrêtée : ${reason}`,
});
