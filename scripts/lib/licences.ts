// The licences of what runs in production, as the lock file has them.
export type LockFile = {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>;
};

export type Licensed = { name: string; version: string; licence: string };

/** Licences under which anybody may run and change what they were given, and owes no source of their own. */
const accepted = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);

/** Every package a production installation has, by name; one without a licence has the empty one. */
export function productionLicences({ packages }: LockFile): Licensed[] {
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path !== "" && !dev && !link)
    .map(([path, { version = "", license = "" }]) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      licence: license,
    }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}

/** Whether an SPDX expression may be met with accepted licences alone: all of an AND, one of an OR. */
export function isAccepted(expression: string): boolean {
  const text = expression.trim().replace(/^\(([^()]*)\)$/, "$1");
  if (/\sAND\s/.test(text)) return text.split(/\sAND\s/).every(isAccepted);
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some(isAccepted);
  return accepted.has(text);
}
