// The worker processes of a drill: whoever is killed is replaced at once, as a supervisor does.
import { setTimeout as sleep } from "node:timers/promises";
import { spawnWorkerProcess, type WorkerProcess } from "#e2e/testing/worker-processes.ts";
import type { WorkerTimings } from "#jobs/worker.ts";

export type Workers = {
  /** SIGKILL to one of them, working or still starting; `which` from 0 to 1 chooses */
  kill: (which: number) => Promise<void>;
  /** how often a worker that worked ended by itself: it must survive whatever the drill does to its surroundings */
  brokeDown: () => number;
  /** SIGTERM to all, no replacement; resolves with their exit codes */
  stop: () => Promise<(number | null)[]>;
};

type Options = {
  count: number;
  variables: Record<string, string>;
  timings: WorkerTimings;
  /** file descriptor for their logs */
  output: number;
};

/** Before a worker that could not start (no database) is tried again. */
const againMs = 200;

/** Keeps `count` workers running until stopped; resolves when the first one works. */
export async function startWorkers({ count, variables, timings, output }: Options): Promise<Workers> {
  const running: WorkerProcess[] = [];
  const killed = new Set<WorkerProcess>();
  let stopping = false;
  let brokeDown = 0;

  const keep = async (place: number) => {
    while (!stopping) {
      const worker = spawnWorkerProcess(variables, timings, { output });
      running[place] = worker;
      const worked = await worker.started.then(
        () => true,
        () => false,
      );
      await worker.ended;
      if (killed.has(worker) || stopping) continue;
      if (worked) brokeDown += 1;
      await sleep(againMs);
    }
  };
  const kept = Array.from({ length: count }, (_, place) => keep(place));
  await Promise.any(running.map(({ started }) => started));

  return {
    kill: async (which) => {
      const worker = running[Math.floor(which * count)] as WorkerProcess;
      killed.add(worker);
      await worker.kill();
    },
    brokeDown: () => brokeDown,
    stop: async () => {
      stopping = true;
      // One that is still starting has no ear for the signal yet.
      await Promise.allSettled(running.map(({ started }) => started));
      const codes = await Promise.all(running.map((worker) => worker.stop()));
      await Promise.all(kept);
      return codes;
    },
  };
}
