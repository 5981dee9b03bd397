// `npm run drill`: the crash drill. `--kills N` (20), `--seed N` (drawn and printed) to run one again, `--recipients N`.
import { appendFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type DrillOptions, runDrill } from "#e2e/drill/drill.ts";
import { drillReport } from "#e2e/drill/report.ts";
import { startChild, stopOnSignal } from "#scripts/lib/children.ts";
import { waitUntilReady } from "#scripts/lib/wait-until-ready.ts";

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { kills: { type: "string" }, seed: { type: "string" }, recipients: { type: "string" } },
});
const kills = wholeNumber("kills", values.kills, 20);
const seed = wholeNumber("seed", values.seed, Math.floor(Math.random() * 1_000_000));
const webLog = ".data/drill-web.log";
const stopping = new AbortController();
stopOnSignal(async () => stopping.abort(new Error("interrompu")));

const options: DrillOptions = {
  seed,
  kills,
  restarts: Math.ceil(kills / 10),
  refusals: Math.ceil(kills / 10),
  recipients: wholeNumber("recipients", values.recipients, Math.max(60, kills * 8)),
  workers: 2,
  intervalMs: 40,
  stuckAfterMs: 120_000,
  startWeb,
  logFile: ".data/drill-worker.log",
  onProgress: (line) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`),
  signal: stopping.signal,
};

console.log(`Exercice de pannes : ${kills} kills, ${options.recipients} destinataires, --seed ${seed}`);
try {
  const result = await runDrill(options);
  console.log(drillReport(options, result));
  process.exitCode = result.problems.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();

/** The built web server, as `npm start` runs it. */
async function startWeb(variables: Record<string, string>) {
  writeFileSync(webLog, "");
  const web = startChild({
    name: "web",
    command: ["start"],
    env: { ...variables, NODE_ENV: "production" },
    onLine: (line) => appendFileSync(webLog, `${line}\n`),
  });
  await waitUntilReady(`http://127.0.0.1:${variables.PORT}/readyz`, web);
  return { close: () => web.stop() };
}

function wholeNumber(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} attend un nombre entier.`);
  process.exit(1);
}
