import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

const deadWorkers = (deadAfterMs: number) => sql`
  select id from workers
  where stopped_at is not null or heartbeat_at < clock_timestamp() - ${deadAfterMs} * interval '1 millisecond'`;

/**
 * Frees the lanes of workers that are dead (no heartbeat for `deadAfterMs`) and gives their queue jobs back, which
 * graphile-worker itself would do after four hours only (stack-facts 4c).
 */
export async function releaseDeadWorkers(db: Executor, deadAfterMs: number): Promise<void> {
  await db.execute(sql`
    update sender_lanes set held_until = 'epoch', holder = null, worker_id = null
    where held_until > clock_timestamp() and worker_id in (${deadWorkers(deadAfterMs)})`);
  const dead = await queryRows<{ pools: string[] | null }>(
    db,
    sql`
    update workers set pool_ids = '{}'
    from (select id, pool_ids as pools from workers
      where pool_ids <> '{}' and id in (${deadWorkers(deadAfterMs)}) for update skip locked) d
    where workers.id = d.id
    returning d.pools`,
  );
  const poolIds = dead.flatMap((worker) => worker.pools ?? []);
  if (poolIds.length === 0) return;
  const pools = sql.join(
    poolIds.map((pool) => sql`${pool}::text`),
    sql`, `,
  );
  await db.execute(sql`select graphile_worker.force_unlock_workers(array[${pools}])`);
}
