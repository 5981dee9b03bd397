// `npm run dev`: the demo with hot reload. Vite reloads the pages and what they import; the worker is restarted here.
import { watch } from "node:fs";
import type { LocalStack } from "#scripts/lib/local-stack.ts";
import { runDemo } from "#scripts/lib/run-demo.ts";
import { showLines } from "#scripts/lib/terminal.ts";

const quietMs = 200;

await runDemo({
  dev: true,
  reset: process.argv.includes("--reset"),
  onLine: showLines(),
  onReady: restartWorkerOnChange,
  notes: ["Ctrl-C arrête tout et garde les données ; npm run dev -- --reset repart de zéro."],
});

/** One restart for a burst of changes (an editor saves several files at once). */
function restartWorkerOnChange({ restartWorker }: LocalStack): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ["server", "db", "jobs"]) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || !/(?<!\.test)\.tsx?$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        console.log(`${folder}/${file} a changé : le worker redémarre.`);
        void restartWorker();
      }, quietMs);
    });
  }
}
