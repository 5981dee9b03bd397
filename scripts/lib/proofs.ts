// Which tests say that they prove a criterion, and what became of them in the last run.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { PlaywrightReport, PlaywrightSuite, VitestReport } from "#scripts/lib/tally.ts";

/** A title that carries the criterion, as it stands in the file (a pattern of several tests, perhaps). */
export type Proof = { criterion: string; file: string; title: string };

export type Outcome = "passed" | "failed";
/** What the last run said of the tests of each criterion; one that failed outweighs those that passed. */
export type Outcomes = Map<string, Outcome>;

const folders = ["app", "server", "db", "jobs", "e2e", "scripts", "docs"];
const isTest = /\.(test|spec)\.tsx?$/;
const titles = /(["'`])((?:\[EX-\d+\.\d+\] )+.*?)\1/g;
const tags = /\[EX-(\d+\.\d+)\]/g;

/** The proofs in the tests of the project, by file and place. */
export function proofsOfProject(root: string): Proof[] {
  const files = folders.flatMap((folder) =>
    existsSync(`${root}/${folder}`)
      ? readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
          .filter((file) => isTest.test(file))
          .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
      : [],
  );
  return files.sort().flatMap((file) => proofsIn(file, readFileSync(`${root}/${file}`, "utf8")));
}

/** The proofs in the text of one test file. */
export function proofsIn(file: string, text: string): Proof[] {
  return [...text.matchAll(titles)].flatMap(([, , title = ""]) =>
    criteriaIn(title).map((criterion) => ({
      criterion,
      file,
      title: title.replace(tags, "").trim(),
    })),
  );
}

/** What vitest's JSON report says of each criterion. */
export function outcomesOfVitest({ testResults }: VitestReport): Outcomes {
  return gather(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({ title: fullName, status })),
    ),
  );
}

/** What Playwright's JSON report says of each criterion. */
export function outcomesOfPlaywright(report: PlaywrightReport): Outcomes {
  return gather(testsOf(report, ""));
}

/** Both together. */
export function joined(one: Outcomes, other: Outcomes): Outcomes {
  const all = new Map(one);
  for (const [criterion, outcome] of other) add(all, criterion, outcome);
  return all;
}

function testsOf(suite: PlaywrightSuite, above: string): { title: string; status: string }[] {
  const title = `${above} ${suite.title ?? ""}`;
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status }) => ({ title: `${title} ${spec.title}`, status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, title))];
}

function gather(tests: readonly { title: string; status: string }[]): Outcomes {
  const outcomes: Outcomes = new Map();
  for (const { title, status } of tests) {
    const outcome = outcomeOf(status);
    if (outcome) for (const criterion of criteriaIn(title)) add(outcomes, criterion, outcome);
  }
  return outcomes;
}

/** A test that was left out says nothing; a state that neither tool knows today counts as a failure. */
function outcomeOf(status: string): Outcome | null {
  if (status === "passed" || status === "expected") return "passed";
  return ["pending", "skipped", "todo", "disabled"].includes(status) ? null : "failed";
}

function add(outcomes: Outcomes, criterion: string, outcome: Outcome): void {
  if (outcomes.get(criterion) !== "failed") outcomes.set(criterion, outcome);
}

function criteriaIn(title: string): string[] {
  return [...title.matchAll(tags)].map(([, criterion = ""]) => criterion);
}
