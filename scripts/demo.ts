// `npm run demo`: the built application with a French story in it, nothing to configure.
import { runDemo } from "#scripts/lib/run-demo.ts";
import { keepLines } from "#scripts/lib/terminal.ts";

const journal = ".data/demo.log";

await runDemo({
  dev: false,
  reset: process.argv.includes("--reset"),
  onLine: keepLines(journal),
  onReady: () => {},
  notes: [
    `Journal        ${journal}`,
    "",
    "Ctrl-C arrête tout et garde les données ; npm run demo -- --reset repart de zéro.",
  ],
});
