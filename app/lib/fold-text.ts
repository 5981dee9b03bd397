/** A text as people search it: without accents, ligatures, capitals and outer spaces ("Réunion" is found by "reunion"). */
export function foldText(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  return plain.replaceAll("œ", "oe").replaceAll("æ", "ae");
}
