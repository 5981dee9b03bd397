// The tools of development as child processes, without npx in between (a killed npx leaves its child alive).
import { spawn } from "node:child_process";

const entryPoints = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  knip: "node_modules/knip/bin/knip.js",
  playwright: "node_modules/@playwright/test/cli.js",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
} as const;

type Tool = keyof typeof entryPoints;

export type ToolOptions = {
  env?: Record<string, string>;
  /** keep what it writes for the caller instead of showing it */
  quiet?: boolean;
};

/** Runs a tool to its end. `output` is empty unless `quiet`. A signal to us reaches it too. */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  { env = {}, quiet = false }: ToolOptions = {},
): Promise<{ ok: boolean; output: string }> {
  const child = spawn(process.execPath, [entryPoints[tool], ...args], {
    env: { ...process.env, ...env },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGTERM", forward);
  process.on("SIGINT", forward);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", resolve);
  });
  process.off("SIGTERM", forward);
  process.off("SIGINT", forward);
  return { ok: code === 0, output };
}
