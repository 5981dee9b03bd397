// What a page that reads itself again because of the event stream leaves alone: the shell around it, unless that changed.
import type { ShouldRevalidateFunction } from "@remix-run/react";

let pageOnly = false;

/** Until it is taken back, a reading that nobody asked for is about the page and not its shell. */
export function readPageOnly(only: boolean): void {
  pageOnly = only;
}

/**
 * For the routes of the shell. What a person does, a form or another address, is read as ever; a form that was refused
 * changed nothing. (With a function of its own a route is told `true` by default even then, and reading the shell of a
 * database that is away would put an error page in the place of the form.)
 */
export const shellRevalidates: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  actionStatus,
  defaultShouldRevalidate,
}) => {
  if (actionStatus !== undefined && actionStatus >= 400) return false;
  return pageOnly && !formMethod && currentUrl.href === nextUrl.href ? false : defaultShouldRevalidate;
};
