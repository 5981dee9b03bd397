// graphile-worker, supervised: it must never be dead in a process that lives (stack-facts 4a, 4d, 4e).

import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { taskHandlers, type WorkerContext } from "#jobs/task-handlers.ts";
import type { Log } from "#server/log.ts";
import { type TaskName, taskCatalogue } from "#server/queue/catalogue.ts";

export type QueueOptions = {
  /** direct or session-mode address: the queue listens */
  url: string;
  concurrency: number;
  pollIntervalMs: number;
  onPool: (poolId: string) => Promise<void>;
};

export type Queue = { stop: () => Promise<void> };

/** Runs jobs until stopped, starting anew whenever the runner ends by itself, as it does in a database outage. */
export function runQueue(context: WorkerContext, options: QueueOptions): Queue {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.concurrency + 2,
    application_name: "relance-queue",
  });
  const lost = (error: Error) => context.log.warn({ reason: error.message }, "queue connection lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  let runner: Runner | null = null;
  let stopping = false;

  const supervise = async () => {
    while (!stopping) {
      try {
        runner = await start(context, options, pool);
        if (stopping) await runner.stop();
        await runner.promise;
      } catch (error) {
        context.log.warn({ err: error }, "queue stopped by an error");
      }
      runner = null;
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
      await runner?.stop().catch(() => {});
      await supervised;
      await pool.end();
    },
  };
}

function start(context: WorkerContext, options: QueueOptions, pgPool: pg.Pool): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => {
    options
      .onPool(workerPool.id)
      .catch((error: unknown) => context.log.warn({ err: error }, "pool not noted"));
  });
  return run({
    pgPool,
    concurrency: options.concurrency,
    pollInterval: options.pollIntervalMs,
    noHandleSignals: true,
    taskList: taskList(context),
    parsedCronItems: [],
    logger: new Logger(() => (level, message, meta) => logQueue(context.log, level, message, meta)),
    // Completions are not awaited at a graceful stop otherwise, and their jobs run again (stack-facts 4a).
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
  });
}

function taskList(context: WorkerContext): TaskList {
  const names = Object.keys(taskCatalogue) as TaskName[];
  return Object.fromEntries(
    names.map((name) => [name, (payload: unknown) => runTask(context, name, payload)]),
  );
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
