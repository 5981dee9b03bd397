// Words by which a contact leaves or comes back. Twilio's own handling does not cover WhatsApp, so the engine has to.
const stopWords = new Set([
  "stop",
  "stopall",
  "arret",
  "arreter",
  "desabonner",
  "desabonnement",
  "desinscription",
  "unsubscribe",
  "quit",
  "fin",
]);
const startWords = new Set(["start", "unstop", "reprendre", "reabonner"]);

export type Keyword = "stop" | "start" | "join";

/** The keyword that a whole inbound text is, whatever its case, accents and punctuation; null for any other text. */
export function keywordOf(body: string): Keyword | null {
  const text = body.trim();
  if (/^join\s+\S+/i.test(text)) return "join";
  const word = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  if (stopWords.has(word)) return "stop";
  if (startWords.has(word)) return "start";
  return null;
}
