// A worker process: heartbeat, sweep and queue, from start to an orderly end.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "#db/client.ts";
import { runQueue } from "#jobs/run-queue.ts";
import type { WorkerContext } from "#jobs/task-handlers.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { watchPool } from "#server/metrics/pools.ts";
import { watchProcess } from "#server/metrics/registry.ts";
import { serveMetrics } from "#server/metrics/serve-metrics.ts";
import { ensureSender } from "#server/senders/ensure-sender.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";
import { beat, notePool, registerWorker, retireWorker } from "#server/workers/heartbeat.ts";
import { sweep } from "#server/workers/sweep.ts";

export type WorkerTimings = {
  /** heartbeat and sweep */
  sweepEveryMs: number;
  /** silence after which the other workers take over; a few sweeps long */
  deadAfterMs: number;
};

const defaultTimings: WorkerTimings = { sweepEveryMs: 2_000, deadAfterMs: 10_000 };

export type Worker = { id: string; stop: () => Promise<void> };

/** Jobs of other kinds run beside the drainers, so that hanging sends never hold them up. */
const spareJobs = 3;

/**
 * Starts sending. `stop` takes no new work, finishes and records the requests in flight, and ends every connection.
 * Throws when the database cannot be reached at the start; later outages are survived.
 */
export async function startWorker(
  env: Env,
  log: Log,
  timings: WorkerTimings = defaultTimings,
): Promise<Worker> {
  const id = randomUUID();
  const stopping = new AbortController();
  const concurrency = env.sendConcurrency + spareJobs;
  const connection = connect(env.databaseDirectUrl, {
    max: concurrency + 2,
    applicationName: "relance-worker",
  });
  const { db } = connection;
  watchProcess();
  const unwatchPool = watchPool("worker", connection.counts);
  const context: WorkerContext = {
    db,
    gateway: createTwilioGateway(env),
    log,
    env,
    workerId: id,
    stopping: stopping.signal,
  };
  try {
    await registerWorker(db, id);
    await ensureSender(db, env);
  } catch (error) {
    unwatchPool();
    await connection.close();
    throw error;
  }
  const queue = runQueue(context, {
    url: env.databaseDirectUrl,
    concurrency,
    pollIntervalMs: timings.sweepEveryMs,
    onPool: (poolId) => notePool(db, id, poolId),
  });
  // Two loops: a sweep that waits for a lock must not let the worker look dead.
  const beating = repeat(context, timings.sweepEveryMs, () => beat(db, id));
  const sweeping = repeat(context, timings.sweepEveryMs, () =>
    sweep({ db, env, deadAfterMs: timings.deadAfterMs }),
  );
  const metrics = await serveMetrics(env, log);
  log.info({ workerId: id, intervalMs: env.sendIntervalMs, lanes: env.sendConcurrency }, "worker started");

  return {
    id,
    stop: async () => {
      stopping.abort();
      await queue.stop();
      await Promise.all([beating, sweeping]);
      await retireWorker(db, id).catch((error: unknown) => log.warn({ err: error }, "worker not retired"));
      unwatchPool();
      await metrics?.close();
      await connection.close();
      log.info({ workerId: id }, "worker stopped");
    },
  };
}

/** Does it now and every `everyMs` after it is done; an error, a database outage say, ends one turn only. */
async function repeat(context: WorkerContext, everyMs: number, turn: () => Promise<void>): Promise<void> {
  while (!context.stopping.aborted) {
    await turn().catch((error: unknown) => context.log.warn({ err: error }, "turn failed, next one soon"));
    await sleep(everyMs, undefined, { signal: context.stopping }).catch(() => {});
  }
}
