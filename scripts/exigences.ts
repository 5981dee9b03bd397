// `npm run exigences`: every criterion of the requirements with the tests that prove it, and whether they passed in the
// last run. Where nothing has run yet, and with `--run`, the tests that prove a criterion are run first; `--titles`
// counts titles alone; `--write` names the proofs in docs/exigences.md anew. Exit code 1 when a criterion has no test
// that passed, or one that failed.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type Criterion, criteriaOf } from "#scripts/lib/criteria.ts";
import { withProofs } from "#scripts/lib/exigences-page.ts";
import {
  joined,
  type Outcomes,
  outcomesOfPlaywright,
  outcomesOfVitest,
  proofsOfProject,
} from "#scripts/lib/proofs.ts";
import { build, reports, runPlaywright, runVitest } from "#scripts/lib/test-steps.ts";

const tagged = "\\[EX-";
const options = new Set(process.argv.slice(3));
const criteria = criteriaOf(readFileSync("docs/exigences-source.md", "utf8"));
const proofs = proofsOfProject(".");
const page = "docs/exigences.md";
if (options.has("--write")) writeFileSync(page, withProofs(readFileSync(page, "utf8"), proofs));
const outcomes = options.has("--titles") || options.has("--write") ? null : await lastOutcomes();

let subject = "";
for (const criterion of criteria) {
  if (criterion.subject !== subject) console.log(`\n${criterion.subject}`);
  subject = criterion.subject;
  console.log(lineOf(criterion));
}

const missing = criteria.filter((criterion) => !isProven(criterion)).map(({ id }) => id);
const what = outcomes ? "critères prouvés par un test qui passe" : "critères ont un test (non exécuté ici)";
console.log(`\n${criteria.length - missing.length} of ${criteria.length} ${what}.`);
if (missing.length > 0) console.log(`Il manque : ${missing.join(", ")}.`);
process.exitCode = missing.length > 0 ? 1 : 0;

function lineOf(criterion: Criterion): string {
  const own = proofs.filter((proof) => proof.criterion === criterion.id);
  const files = [...new Set(own.map(({ file }) => file))].join(", ");
  const state = own.length === 0 ? "aucun test" : `${own.length} test${own.length > 1 ? "s" : ""} : ${files}`;
  return `  ${isProven(criterion) ? "✓" : "✗"} ${criterion.id.padEnd(5)} ${state}${remarkOn(criterion, own.length)}`;
}

function remarkOn({ id }: Criterion, tests: number): string {
  if (!outcomes || tests === 0 || outcomes.get(id) === "passed") return "";
  return outcomes.has(id) ? " (un test échoue)" : " (pas exécuté : npm run exigences -- --run)";
}

function isProven({ id }: Criterion): boolean {
  return outcomes ? outcomes.get(id) === "passed" : proofs.some(({ criterion }) => criterion === id);
}

async function lastOutcomes(): Promise<Outcomes> {
  await runWhatIsMissing();
  const runs = [
    existsSync(reports.vitest) ? outcomesOfVitest(read(reports.vitest)) : new Map(),
    existsSync(reports.playwright) ? outcomesOfPlaywright(read(reports.playwright)) : new Map(),
  ] as const;
  for (const report of Object.values(reports).filter(existsSync))
    console.log(`Résultats du ${statSync(report).mtime.toLocaleString("fr-FR")} (UTC) : ${report}`);
  return joined(...runs);
}

async function runWhatIsMissing(): Promise<void> {
  const units = options.has("--run") || !existsSync(reports.vitest);
  const browser = options.has("--run") || !existsSync(reports.playwright);
  if (units || browser) console.log("Exécution des tests qui prouvent un critère (quelques minutes)…");
  if (units) await runVitest(["--testNamePattern", tagged]);
  if (browser && (await build()).failures.length === 0) await runPlaywright(["--grep", tagged]);
}

function read<Report>(file: string): Report {
  return JSON.parse(readFileSync(file, "utf8")) as Report;
}
