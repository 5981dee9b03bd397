// Every command that a guide shows is run by a test, or says what it needs that no test has.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codeOf, inlineCodeOf } from "#scripts/lib/markdown.ts";

const guides = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md") && name !== "exigences-source.md")
    .map((name) => `docs/${name}`),
];

/** The test (or the part of `npm test`) that runs it, and by which words. */
const runBy: Record<string, [file: string, words: string]> = {
  "npm test": ["scripts/test.ts", "runVitest()"],
  "npm run typecheck": ["scripts/lib/test-steps.ts", 'runTool("tsc", ["--noEmit"]'],
  "npm run lint": ["scripts/lib/test-steps.ts", 'runTool("biome", ["check"'],
  "npm run format": ["scripts/lib/test-steps.ts", 'runTool("biome", ["check"'],
  "npm run knip": ["scripts/lib/test-steps.ts", 'runTool("knip"'],
  "npm run test:unit": ["scripts/lib/test-steps.ts", 'runTool("vitest"'],
  "npm run test:db": ["scripts/lib/test-steps.ts", 'runTool("vitest"'],
  "npm run test:e2e": ["scripts/lib/test-steps.ts", 'runTool("playwright"'],
  "npm run build": ["scripts/lib/test-steps.ts", "ensureBuilt"],
  "npm start": ["scripts/lib/local-stack.ts", '["start"]'],
  "npm run worker": ["scripts/lib/local-stack.ts", '["worker"]'],
  "npm run dev": ["e2e/demo.spec.ts", 'start("dev"'],
  "npm run demo": ["e2e/demo.spec.ts", 'start("demo"'],
  "npm run demo -- --reset": ["scripts/lib/demo-database.db.test.ts", "--reset"],
  "npm run db:migrate": ["scripts/move.db.test.ts", 'run(url, "db-migrate")'],
  "npm run db:migrate -- --dry-run": ["scripts/move.db.test.ts", '"--dry-run"'],
  "npm run backup": ["scripts/move.db.test.ts", '"backup"'],
  "npm run restore": ["scripts/move.db.test.ts", '"restore"'],
  "npm run admin:create -- --email": ["scripts/admin-create.db.test.ts", '"--email"'],
  "npm run audit": ["scripts/records.db.test.ts", 'run("audit")'],
  "npm run reconcile": ["scripts/records.db.test.ts", 'run("reconcile")'],
  "npm run doctor": ["scripts/doctor.db.test.ts", '"doctor"'],
  "npm run licences": ["scripts/licences.test.ts", '"licences"'],
  "npm run exigences": ["scripts/exigences.test.ts", '"exigences"'],
  "npm run exigences -- --titles": ["scripts/exigences.test.ts", '"--titles"'],
  "npm run drill": ["e2e/drill/drill.db.test.ts", "runDrill("],
  "npm run drill -- --kills": ["e2e/drill/drill.db.test.ts", "kills:"],
  "npm ci": ["scripts/bootstrap/install.mjs", '"ci"'],
  curl: ["e2e/demo.spec.ts", "curl -H"],
  openssl: ["db/tls.db.test.ts", '"openssl"'],
};

/** What somebody looks at, and no test could judge; and what belongs to the registry. */
const byHand = ["npm run bench", "npm run screenshots", "npm audit"];

/** Nothing of ours: files are copied, the repository is fetched. */
const everyday = /^(git|cd|cp) /;

/** Above a command that no test can run, in its block. */
const mark = /^# demande /;

/** A command by what it runs: without variables before it, and without what a person fills in. */
function nameOf(command: string): string {
  const [program = "", ...words] = command.replace(/^(?:[A-Z][A-Z0-9_]*=\S* )+/, "").split(/\s+/);
  if (program !== "npm") return program;
  const named = words[0] === "run" ? 2 : 1;
  const option = words[named] === "--" && words[named + 1]?.startsWith("--") ? ["--", words[named + 1]] : [];
  return [program, ...words.slice(0, named), ...option].join(" ");
}

/** Messages of ours that begin with the name of a command, as the list of problems quotes them. */
const isQuoted = (code: string) => / ou npm | ci-/.test(code);

type Shown = { command: string; marked: boolean };

function commandsOf(page: string): Shown[] {
  const inBlocks = codeOf(page, "sh").flatMap((block) => {
    const lines = block.split("\n").map((line) => line.trim());
    return lines.flatMap((line, at) => {
      const command = line.replace(/\s+#.*$/, "");
      const isCommand = command !== "" && !command.startsWith("#") && !/^[A-Z][A-Z0-9_]*=\S*$/.test(command);
      return isCommand ? [{ command, marked: lines.slice(0, at).some((above) => mark.test(above)) }] : [];
    });
  });
  const inSentences = inlineCodeOf(page)
    .filter(
      (code) => /^([A-Z][A-Z0-9_]*=\S* )*npm (start|test|ci|audit|run [a-z])/.test(code) && !isQuoted(code),
    )
    .map((command) => ({ command, marked: false }));
  return [...inBlocks, ...inSentences];
}

test.each(guides)("every command of %s is run by a test, or says what it needs", (guide) => {
  const shown = commandsOf(readFileSync(guide, "utf8"));
  const unproven = shown.filter(
    ({ command, marked }) =>
      !marked && !everyday.test(command) && !byHand.includes(nameOf(command)) && !(nameOf(command) in runBy),
  );
  expect(unproven.map(({ command }) => command)).toEqual([]);
});

test("nothing is marked that a test runs, save with real credentials", () => {
  const needless = guides
    .flatMap((guide) => commandsOf(readFileSync(guide, "utf8")))
    .filter(
      ({ command, marked }) => marked && nameOf(command) in runBy && !command.includes("TWILIO_LIVE_TEST=1"),
    );
  expect(needless.map(({ command }) => command)).toEqual([]);
});

test("the tests it counts on are there, and run what they are said to", () => {
  const missing = Object.entries(runBy).filter(
    ([, [file, words]]) => !existsSync(file) || !readFileSync(file, "utf8").includes(words),
  );
  expect(missing).toEqual([]);
});
