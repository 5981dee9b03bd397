// French puts a space before : ; ! ? and inside quotation marks, where no line may break. Written as plain spaces in the
// sources, where one can see and search them, and made unbreakable here for every text at once.

/** The same texts, in strings and in what functions return, with unbreakable spaces. */
export function frenchSpaces<Texts>(texts: Texts): Texts {
  return converted(texts) as Texts;
}

function converted(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/ (?=[:;!?»])/g, "\u00a0").replace(/« /g, "«\u00a0");
  if (typeof value === "function") return (...args: unknown[]) => converted(value(...args));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, converted(text)]));
}
