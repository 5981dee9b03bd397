// `npm run bench`: the figures of design.md 8, each beside its floor measured in the same run.
// `npm run bench -- launch sends` runs some; `-- --write` renews docs/benchmarks.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { benchEndurance } from "#scripts/bench/endurance.ts";
import { type Figure, isReached, tableOf } from "#scripts/bench/figures.ts";
import { benchImport } from "#scripts/bench/import.ts";
import { type Lab, openLab } from "#scripts/bench/lab.ts";
import { benchLaunch } from "#scripts/bench/launch.ts";
import { benchMemory } from "#scripts/bench/memory.ts";
import { benchMessageTwo } from "#scripts/bench/message-two.ts";
import { benchPages } from "#scripts/bench/pages.ts";
import { benchProduction } from "#scripts/bench/production.ts";
import { benchSends } from "#scripts/bench/sends.ts";
import { benchSize } from "#scripts/bench/size.ts";
import { benchSlots } from "#scripts/bench/slots.ts";
import { benchTakeover } from "#scripts/bench/takeover.ts";
import { benchWebhooks } from "#scripts/bench/webhooks.ts";

const benches: Record<string, (lab: Lab) => Promise<Figure[]>> = {
  launch: benchLaunch,
  webhooks: benchWebhooks,
  sends: benchSends,
  "message-two": benchMessageTwo,
  slots: benchSlots,
  production: benchProduction,
  import: benchImport,
  memory: benchMemory,
  pages: benchPages,
  endurance: benchEndurance,
  size: benchSize,
  takeover: benchTakeover,
};

const args = process.argv.slice(3);
const chosen = args.filter((arg) => !arg.startsWith("--"));
const unknown = chosen.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}

const lab = await openLab();
const figures: Figure[] = [];
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`${name} …`);
    const found = await bench(lab);
    figures.push(...found);
    console.log(`${tableOf(found)}\n`);
  }
} finally {
  await lab.close();
}

const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.version}`;
console.log(`${machine}\n\n${tableOf(figures)}`);
mkdirSync(".data", { recursive: true });
const known = keep(figures);
writeFileSync(".data/bench.json", `${JSON.stringify(known, null, 2)}\n`);
if (args.includes("--write")) {
  const text = `# Benchmarks

Measured by \`npm run bench\`, last on ${new Date().toISOString().slice(0, 10)}, on ${machine}, everything on the
same machine: PostgreSQL (commits reach the disk), web server, worker, the simulator in Twilio's place and the load. A
floor is what the same run measured beside the figure; a bar is what the ratio of the two has to be.

${tableOf(known.figures)}
`;
  writeFileSync("docs/benchmarks.md", text);
}
/** The newest of each figure on this machine, those just measured first. */
function keep(measured: readonly Figure[]): { machine: string; at: string; figures: Figure[] } {
  const file = ".data/bench.json";
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { machine, figures: [] };
  const names = new Set(measured.map(({ name }) => name));
  const older: Figure[] =
    before.machine === machine ? before.figures.filter(({ name }: Figure) => !names.has(name)) : [];
  return { machine, at: new Date().toISOString(), figures: [...measured, ...older] };
}

const missed = figures.filter((figure) => !isReached(figure));
if (missed.length > 0) process.exitCode = 1;
