// `npm run licences`: what runs in production, by licence. Exit code 1 when one is not known to be free of obligations.
import { readFileSync } from "node:fs";
import { isAccepted, type Licensed, type LockFile, productionLicences } from "#scripts/lib/licences.ts";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile;
const packages = productionLicences(lock);
const byLicence = new Map<string, Licensed[]>();
for (const one of packages) byLicence.set(one.licence, [...(byLicence.get(one.licence) ?? []), one]);
for (const [licence, those] of [...byLicence].sort((one, other) => other[1].length - one[1].length)) {
  console.log(`\n${licence || "sans licence"} (${those.length})`);
  console.log(`  ${those.map(({ name, version }) => `${name} ${version}`).join(", ")}`);
}
const refused = packages.filter(({ licence }) => !isAccepted(licence));
console.log(`\n${packages.length} paquets en production, ${refused.length} sans licence connue.`);
for (const { name, version, licence } of refused) {
  console.error(`Licence à examiner : ${name} ${version} (${licence || "aucune"})`);
}
process.exitCode = refused.length > 0 ? 1 : 0;
