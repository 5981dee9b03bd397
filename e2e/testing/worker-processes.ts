// Starting and killing worker processes in tests of the engine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerTimings } from "#jobs/worker.ts";

const entry = fileURLToPath(new URL("./worker-process.ts", import.meta.url));

export type WorkerProcess = {
  /** resolves when it works; rejects when it ends before */
  started: Promise<void>;
  /** the exit code, null after a signal */
  ended: Promise<number | null>;
  /** no chance to finish or record anything */
  kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code */
  stop: () => Promise<number | null>;
};

export type WorkerProcessOptions = {
  /** a module loaded before anything else */
  preload?: string;
  /** a file descriptor for what it writes; default: that of the test */
  output?: number;
};

/** Starts a worker in a process of its own; resolves when it works. */
export async function startWorkerProcess(
  variables: Record<string, string>,
  timings: WorkerTimings,
  options?: WorkerProcessOptions,
): Promise<WorkerProcess> {
  const worker = spawnWorkerProcess(variables, timings, options);
  await worker.started;
  return worker;
}

/** The same without waiting for it to work. */
export function spawnWorkerProcess(
  variables: Record<string, string>,
  timings: WorkerTimings,
  { preload, output }: WorkerProcessOptions = {},
): WorkerProcess {
  const imports = ["tsx", ...(preload ? [preload] : [])].map((module) => `--import=${module}`);
  const child = spawn(process.execPath, [...imports, entry], {
    env: { ...process.env, ...variables, TEST_WORKER_TIMINGS: JSON.stringify(timings) },
    stdio: ["ignore", output ?? "inherit", output ?? "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const started = Promise.race([
    once(child, "message").then(() => {}),
    ended.then((code) => Promise.reject(new Error(`the worker ended at its start with code ${code}`))),
  ]);
  started.catch(() => {});
  return {
    started,
    ended,
    kill: () => end(child, "SIGKILL", ended).then(() => {}),
    stop: () => end(child, "SIGTERM", ended),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | null>) {
  child.kill(signal);
  return ended;
}
