/** Whether a text is a day of the calendar, `2026-11-23`, from the year 1 on: what a date of PostgreSQL takes. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith("0000")) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // a thirtieth of February would be the second of March
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}
