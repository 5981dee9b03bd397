// Words by which a contact leaves or comes back. Twilio's own handling does not cover WhatsApp, so the engine has to.
// "cancel" and "end", which Twilio takes for opt-outs of SMS, are none here: "Cancel" is a button of the sandbox's own
// template for appointments (twilio-facts.md 2.1).
const stopWords = new Set([
  "stop",
  "stopall",
  "stopsms",
  "stopwhatsapp",
  "stoppub",
  "stoppromotions",
  "arret",
  "arreter",
  "arretez",
  "desabonner",
  "desabonnement",
  "desabonnezmoi",
  "medesabonner",
  "desinscrire",
  "desinscription",
  "desinscrivezmoi",
  "medesinscrire",
  "unsubscribe",
  "optout",
  "revoke",
  "quit",
  "fin",
]);
const startWords = new Set(["start", "unstop", "reprendre", "reabonner", "reabonnement", "mereabonner"]);

/** What people put around such a word without meaning anything else. */
const courtesies = /\b(?:s il (?:vous|te) plait|svp|stp|merci(?: beaucoup)?|please|bonjour|bonsoir)\b/g;

export type Keyword = "stop" | "start" | "join";

/**
 * The keyword that a whole inbound text is, whatever its case, accents, punctuation and courtesies; null for any other
 * text. In the sandbox Twilio itself takes `stop` for leaving the sandbox and may keep it (twilio-facts.md 1.3): what
 * arrives is an opt-out as well.
 */
export function keywordOf(body: string): Keyword | null {
  const text = body.trim();
  if (/^join\s+\S+/i.test(text)) return "join";
  const words = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const word = words.replace(courtesies, " ").replaceAll(" ", "");
  if (stopWords.has(word)) return "stop";
  if (startWords.has(word)) return "start";
  return null;
}
