// graphile-worker, supervised: it must never be dead in a process that lives (stack-facts 4a, 4d, 4e).

import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { secured } from "#db/tls.ts";
import { taskHandlers, type WorkerContext } from "#jobs/task-handlers.ts";
import type { Log } from "#server/log.ts";
import { countJob } from "#server/metrics/jobs.ts";
import { type TaskName, taskCatalogue } from "#server/queue/catalogue.ts";

export type QueueOptions = {
  /** direct or session-mode address: the queue listens */
  url: string;
  concurrency: number;
  pollIntervalMs: number;
  onPool: (poolId: string) => Promise<void>;
};

export type Queue = {
  /** takes no more jobs; resolves when those that run have ended */
  stop: () => Promise<void>;
};

const connectMs = 5_000;
/** Far longer than anything the queue asks takes: a database that froze must not hold it for ever. */
const queryMs = 20_000;
/** Shorter than that: a connection on which a question timed out still waits for its answer, and is not used again. */
const connectionSeconds = 15;
/** What a runner may take to store which jobs are done, and the pool to close; the sweep finds what is left undone. */
const farewellMs = 2_000;

/** Runs jobs until stopped, starting anew whenever the runner ends by itself, as it does in a database outage. */
export function runQueue(context: WorkerContext, options: QueueOptions): Queue {
  const { url: connectionString, ssl } = secured(options.url);
  const pool = new pg.Pool({
    connectionString,
    ssl,
    max: options.concurrency + 2,
    application_name: "relance-queue",
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    maxLifetimeSeconds: connectionSeconds,
    keepAlive: true,
  });
  const lost = (error: Error) => context.log.warn({ reason: error.message }, "queue connection lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const running = new Set<Promise<void>>();
  let current: Started | null = null;
  let stopping = false;

  const supervise = async () => {
    while (!stopping) {
      try {
        current = await start(context, options, { pool, running });
        if (stopping) return;
        await current.ending;
      } catch (error) {
        context.log.warn({ err: error }, "queue not started");
      }
      if (!stopping) {
        context.log.warn("queue ended, starting it again");
        await sleep(1000);
      }
    }
  };
  const supervised = supervise();
  return {
    stop: async () => {
      stopping = true;
      current?.stop();
      await supervised;
      // The one that was just starting.
      current?.stop();
      await Promise.all(running);
      await Promise.race([current?.ended, sleep(farewellMs)]);
      await Promise.race([pool.end(), sleep(farewellMs)]);
    },
  };
}

type Started = {
  stop: () => void;
  /** resolves when it has ended, or takes no more jobs */
  ending: Promise<void>;
  ended: Promise<void>;
};

/**
 * A runner that could not store what became of a job shuts itself down, and may never come to the end of that: its
 * count of the batches under way goes wrong when two of them fail. It is left behind as soon as it begins.
 */
async function start(
  context: WorkerContext,
  options: QueueOptions,
  { pool, running }: { pool: pg.Pool; running: Set<Promise<void>> },
): Promise<Started> {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => {
    options
      .onPool(workerPool.id)
      .catch((error: unknown) => context.log.warn({ err: error }, "pool not noted"));
  });
  const leaving = new Promise<void>((resolve) => {
    events.on("pool:gracefulShutdown", () => resolve());
    events.on("pool:forcefulShutdown", () => resolve());
  });
  const runner = await run({
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: options.pollIntervalMs,
    noHandleSignals: true,
    taskList: taskList(context, running),
    parsedCronItems: [],
    logger: new Logger(() => (level, message, meta) => logQueue(context.log, level, message, meta)),
    // Completions are not awaited at a graceful stop otherwise, and their jobs run again (stack-facts 4a).
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
  });
  const ended = runner.promise.catch((error: unknown) =>
    context.log.warn({ err: error }, "queue stopped by an error"),
  );
  return {
    // It may have stopped by itself.
    stop: () => void runner.stop().catch(() => {}),
    ending: Promise.race([ended, leaving]),
    ended,
  };
}

/** Every job under way is in `running`, whichever runner took it. */
function taskList(context: WorkerContext, running: Set<Promise<void>>): TaskList {
  const names = Object.keys(taskCatalogue) as TaskName[];
  const runNamed = (name: TaskName) => (payload: unknown) => {
    const job = runTask(context, name, payload);
    const settled = job.then(
      () => countJob(name, "done"),
      () => countJob(name, "failed"),
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return job;
  };
  return Object.fromEntries(names.map((name) => [name, runNamed(name)]));
}

/** A payload that is none of ours is logged and set aside: it would fail for ever. */
async function runTask<Name extends TaskName>(
  context: WorkerContext,
  name: Name,
  payload: unknown,
): Promise<void> {
  const parsed = taskCatalogue[name].safeParse(payload);
  if (!parsed.success) {
    context.log.error(
      { task: name, problem: parsed.error.message },
      "job set aside: its payload is not valid",
    );
    return;
  }
  const handler = taskHandlers[name] as (context: WorkerContext, payload: unknown) => Promise<void>;
  await handler(context, parsed.data);
}

function logQueue(log: Log, level: string, message: string, meta: unknown): void {
  if (level === "error") log.error({ queue: meta }, message);
  else if (level === "warning") log.warn(message);
  else log.debug(message);
}
