import { isDay } from "#server/domain/day.ts";

/** As far as the procedures count. */
const lastPage = 1_000_000;

/** The page number in an address; 1 for none and for nonsense. */
export function pageOf(url: URL): number {
  const page = positiveInteger(url.searchParams.get("page"));
  return page !== null && page <= lastPage ? page : 1;
}

/** A positive whole number written in digits, or null. */
export function positiveInteger(text: string | null | undefined): number | null {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** Where the page of a long list begins (`CursorPages`). */
export function cursorOf({ searchParams }: URL): { after: number | null; before: number | null } {
  const id = (name: string) => positiveInteger(searchParams.get(name));
  return { after: id("apres"), before: id("avant") };
}

/** `2026-11-23` when it is a day of the calendar, or null: one that does not exist is as if none were given. */
export function dayOf(text: string | null): string | null {
  return text && isDay(text) ? text : null;
}
