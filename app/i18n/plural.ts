// French counts 0 and 1 alike ("0 contact", "1 contact", "2 contacts"), and groups thousands by a narrow space.
const grouped = new Intl.NumberFormat("fr-FR");

/** A whole number as a French reader expects it. Every kind of space becomes the same one, so that server and browser agree. */
export function count(value: number): string {
  return grouped.format(value).replace(/\s/g, "\u202f");
}

/** "1 contact", "2 contacts": the number and its noun. */
export function plural(value: number, one: string, many: string): string {
  return `${count(value)}\u00a0${Math.abs(value) < 2 ? one : many}`;
}
