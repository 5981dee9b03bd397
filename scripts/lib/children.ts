// Processes that a supervisor (demo, dev, the tests' stack) starts, shows and ends. Only what was started here is ended.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const runner = fileURLToPath(new URL("../run.mjs", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

export type ChildOptions = {
  /** shown before each of its lines */
  name: string;
  /** a command of scripts/run.mjs with its arguments */
  command: readonly string[];
  /** added to ours; `.env` is not read by the child */
  env: Record<string, string | undefined>;
  /** each line it writes, without line break; stderr too */
  onLine: (line: string, name: string) => void;
};

export type Child = {
  name: string;
  /** undefined when it could not be started */
  pid: number | undefined;
  /** resolves when the process has ended, however */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isRunning: () => boolean;
  kill: (signal: NodeJS.Signals) => void;
  /** SIGTERM, and SIGKILL to a process that has not ended after `graceMs` */
  stop: (graceMs?: number) => Promise<void>;
};

/**
 * Starts a command in a process group of its own: Ctrl-C reaches the supervisor alone, which ends the others in order.
 * The child ends by itself when the supervisor is killed (the channel between them closes).
 */
export function startChild({ name, command, env, onLine }: ChildOptions): Child {
  const child = spawn(process.execPath, [runner, ...command], {
    cwd: root,
    detached: process.platform !== "win32",
    env: { ...process.env, ...env, RELANCE_SUPERVISED: "yes", RELANCE_DOTENV: "off" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  showLines(child, (line) => onLine(line, name));
  const ended: Child["ended"] = new Promise((resolve) => {
    child.once("error", () => resolve({ code: null, signal: null }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  const stop = async (graceMs = 20_000) => {
    if (!isRunning()) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return { name, pid: child.pid, ended, isRunning, kill: (signal) => void child.kill(signal), stop };
}

/** Calls `stop` at the first Ctrl-C or SIGTERM; further ones while it runs are ignored. */
export function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop(signal);
    });
  }
}

function showLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
}
