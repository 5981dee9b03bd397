// The choices of a launch as a form carries them, in an address or in a post: one field per choice, and one that tells
// "none chosen" from "not asked".
import { type LaunchOptions, launchOptionNames } from "#server/domain/launch-options.ts";

/** What the field of each choice is called. */
export const choiceFields = {
  includeLeft: "partis",
  excludeExpired: "expires",
  excludeUnknown: "inconnus",
  excludeBusy: "occupes",
  excludeReached: "deja",
} as const satisfies Record<keyof LaunchOptions, string>;

/** Present wherever the choices are. */
export const choiceMarker = "choix";

/** The choices in a query or a form; null where there are none. */
export function readChoices(fields: URLSearchParams | FormData): LaunchOptions | null {
  if (!fields.has(choiceMarker)) return null;
  const chosen = launchOptionNames.map((name) => [name, fields.has(choiceFields[name])]);
  return Object.fromEntries(chosen) as LaunchOptions;
}

/** The fields that say it, for a form that posts them. */
export function writeChoices(options: LaunchOptions): Record<string, string> {
  const chosen = launchOptionNames.filter((name) => options[name]).map((name) => [choiceFields[name], "1"]);
  return { [choiceMarker]: "1", ...Object.fromEntries(chosen) };
}

/** Whether both choose alike. */
export function sameChoices(one: LaunchOptions, other: LaunchOptions): boolean {
  return launchOptionNames.every((name) => one[name] === other[name]);
}
