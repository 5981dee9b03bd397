// The display time zone in words, and a moment in it as the fields of a form hold it.

/** Cities of IANA names whose French name is another. */
const frenchCities: Record<string, string> = {
  Algiers: "Alger",
  Brussels: "Bruxelles",
  Cairo: "Le Caire",
  London: "Londres",
  Lisbon: "Lisbonne",
  Moscow: "Moscou",
  Reunion: "La Réunion",
  Tunis: "Tunis",
  Zurich: "Zurich",
};

/** "heure de Paris", "heure d’Alger", "heure UTC". */
export function zoneLabel(timeZone: string): string {
  const [area, ...place] = timeZone.split("/");
  const name = place.at(-1)?.replaceAll("_", " ");
  if (!name || area === "Etc") return `heure ${name ?? timeZone}`;
  const city = frenchCities[name] ?? name;
  if (city.startsWith("Le ")) return `heure du ${city.slice(3)}`;
  return /^[aeiouyéèAEIOUYÉÈ]/.test(city) ? `heure d’${city}` : `heure de ${city}`;
}

/** `2026-12-24` and `09:30`: a moment in a time zone as date and time fields hold it. */
export function zonedFields(at: Date, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    date: `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}
