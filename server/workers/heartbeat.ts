// A worker's row: whoever reads it knows whether the worker lives (engine.md 2).
import { hostname } from "node:os";
import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { workers } from "#db/schema/senders.ts";

/** Announces a worker process under a fresh id, and forgets those that ended over a week ago. */
export async function registerWorker(db: Executor, workerId: string): Promise<void> {
  await db.insert(workers).values({ id: workerId, hostname: hostname(), pid: process.pid });
  await db.delete(workers).where(sql`${workers.heartbeatAt} < now() - interval '7 days'`);
}

/** Says that the worker lives. Also for a worker that was thought dead: its claims are gone, it goes on with new ones. */
export async function beat(db: Executor, workerId: string): Promise<void> {
  await db.update(workers).set({ heartbeatAt: sql`clock_timestamp()` }).where(eq(workers.id, workerId));
}

/** Notes the queue's pool of this process, whose jobs others release when it dies. */
export async function notePool(db: Executor, workerId: string, poolId: string): Promise<void> {
  await db
    .update(workers)
    .set({ poolIds: sql`array_append(${workers.poolIds}, ${poolId}::text)` })
    .where(eq(workers.id, workerId));
}

/** An orderly end: nothing of this worker is in flight any more. */
export async function retireWorker(db: Executor, workerId: string): Promise<void> {
  await db.update(workers).set({ stoppedAt: sql`clock_timestamp()` }).where(eq(workers.id, workerId));
}
