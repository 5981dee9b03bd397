import { writeCookie } from "#app/lib/browser-cookie.ts";

const yearSeconds = 365 * 24 * 3600;

/** Keeps a choice of how the dashboard looks in a cookie, so that the next page is drawn right from the start. */
export function rememberChoice(name: "sandbox", value: string): void {
  writeCookie(`relance_${name}`, value, yearSeconds);
}
