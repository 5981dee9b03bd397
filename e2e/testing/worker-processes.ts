// Starting and killing worker processes in tests of the engine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerTimings } from "#jobs/worker.ts";

const entry = fileURLToPath(new URL("./worker-process.ts", import.meta.url));

export type WorkerProcess = {
  /** no chance to finish or record anything */
  kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code */
  stop: () => Promise<number | null>;
};

/** Starts a worker in a process of its own; resolves when it works. */
export async function startWorkerProcess(
  variables: Record<string, string>,
  timings: WorkerTimings,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", entry], {
    env: { ...process.env, ...variables, TEST_WORKER_TIMINGS: JSON.stringify(timings) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  await Promise.race([
    once(child, "message"),
    ended.then(([code]) => Promise.reject(new Error(`the worker ended at its start with code ${code}`))),
  ]);
  return {
    kill: () => end(child, "SIGKILL", ended).then(() => {}),
    stop: () => end(child, "SIGTERM", ended),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<[number | null]>) {
  child.kill(signal);
  const [code] = await ended;
  return code;
}
