// What a page that reads itself again because of the event stream leaves alone: the shell around it, unless that changed.
import type { ShouldRevalidateFunction } from "@remix-run/react";

let pageOnly = false;

/** Until it is taken back, a reading that nobody asked for is about the page and not its shell. */
export function readPageOnly(only: boolean): void {
  pageOnly = only;
}

/** For the routes of the shell. What a person does, a form or another address, is read as ever. */
export const shellRevalidates: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => (pageOnly && !formMethod && currentUrl.href === nextUrl.href ? false : defaultShouldRevalidate);
