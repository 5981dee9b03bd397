/** A text as people search it: without accents, capitals and outer spaces ("Réunion" is found by "reunion"). */
export function foldText(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
