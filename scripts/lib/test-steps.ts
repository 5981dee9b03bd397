// The steps of `npm test`, each answering with what passed and what failed.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { findChromium } from "#scripts/lib/chromium.ts";
import { runTool, type ToolOptions } from "#scripts/lib/run-tool.ts";
import { sum, type Tally, tallyOfPlaywright, tallyOfVitest } from "#scripts/lib/tally.ts";
import { ensureBuilt } from "../bootstrap/build.mjs";

/** What the last runs left, in the tools' own JSON. */
export const reports = {
  vitest: ".data/test-reports/vitest.json",
  playwright: ".data/test-reports/playwright.json",
};

/** Types beside lint and dead code: two processes at a time. What they find is shown. */
export async function checkStatically(): Promise<Tally> {
  const types = check("types (tsc)", () => runTool("tsc", ["--noEmit"], { quiet: true }));
  const style = await check("lint (biome)", () =>
    runTool("biome", ["check", "--error-on-warnings"], { quiet: true }),
  );
  const dead = await check("dead code (knip)", () => runTool("knip", ["--no-progress"], { quiet: true }));
  return sum([style, dead, await types]);
}

export async function build(): Promise<Tally> {
  return check("build (remix vite:build)", ensureBuilt);
}

/** All unit and database tests; `args` go to vitest. */
export async function runVitest(args: readonly string[] = []): Promise<Tally> {
  const report = freshReport(reports.vitest);
  const { ok } = await runTool("vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ]);
  return read("vitest", report, ok, (report) => tallyOfVitest(report, process.cwd()));
}

/** The browser tests; `args` go to Playwright. The application must be built. */
export async function runPlaywright(args: readonly string[] = []): Promise<Tally> {
  let chromium: string;
  try {
    chromium = await findChromium();
  } catch (error) {
    console.error((error as Error).message);
    return failed("Playwright: no Chromium");
  }
  const report = freshReport(reports.playwright);
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const options: ToolOptions = { env };
  const { ok } = await runTool("playwright", ["test", "--reporter=list,json", ...args], options);
  return read("Playwright", report, ok, tallyOfPlaywright);
}

/** The summary, whose last line is `N passed, N failed`, and the exit code. */
export function conclude(tallies: readonly Tally[]): void {
  const { passed, skipped, failures } = sum(tallies);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join("\n")}`);
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

async function check(name: string, run: () => Promise<{ ok: boolean; output: string }>): Promise<Tally> {
  const since = Date.now();
  const { ok, output } = await run();
  if (!ok) console.error(output.trimEnd());
  console.log(`${ok ? "✓" : "✗"} ${name} ${((Date.now() - since) / 1000).toFixed(1)} s`);
  return ok ? { passed: 1, skipped: 0, failures: [] } : failed(name);
}

function failed(line: string): Tally {
  return { passed: 0, skipped: 0, failures: [line] };
}

/** A report of an earlier run must not be taken for this one's. */
function freshReport(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/** A run that failed with no failure in its report, or without a report, is a failure all the same. */
function read(tool: string, file: string, ok: boolean, tallyOf: (report: never) => Tally): Tally {
  try {
    const tally = tallyOf(JSON.parse(readFileSync(file, "utf8")) as never);
    return ok || tally.failures.length > 0
      ? tally
      : sum([tally, failed(`${tool}: failed outside of any test`)]);
  } catch (error) {
    return failed(`${tool}: no readable report (${(error as Error).message})`);
  }
}
