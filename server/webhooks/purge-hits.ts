// What the inspector shows is kept for a while; of refused hits no more than so many.
import { sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import type { Turn } from "#server/queue/turns.ts";

export const keptRefusals = 10_000;

const batchSize = 5000;
export const purgeTurn: Turn = { key: "webhooks_purged", everySeconds: 3600 };

type Purge = { keptDays: number; stopping?: AbortSignal };

/**
 * Deletes the hits that came over `keptDays` ago, but those accepted and never applied, which may still be; and of those
 * refused all but the newest ten thousand. In batches that are committed one by one; stops between two when told. Returns
 * how many it deleted.
 */
export async function purgeHits(db: Database, { keptDays, stopping }: Purge): Promise<number> {
  let deleted = await purgeRefusals(db);
  for (let after = 0; !stopping?.aborted; ) {
    const [batch] = await queryRows<{ last: string | null; gone: number; more: boolean | null }>(
      db,
      sql`
      with batch as (
        select id, received_at < now() - ${keptDays} * interval '1 day' as is_old,
          verdict = 'refused' or applied_at is not null as is_done
        from webhook_events where id > ${after} order by id limit ${batchSize}::int),
      gone as (
        delete from webhook_events w using batch b where w.id = b.id and b.is_old and b.is_done returning w.id)
      select max(id) as last, (select count(*)::int from gone) as gone, bool_and(is_old) as more from batch`,
    );
    deleted += batch?.gone ?? 0;
    // ids follow the times: behind one that is young there are no old ones
    if (!batch?.last || !batch.more) break;
    after = Number(batch.last);
  }
  return deleted;
}

async function purgeRefusals(db: Executor): Promise<number> {
  const gone = await queryRows(
    db,
    sql`delete from webhook_events where verdict = 'refused' and id <= (
      select id from webhook_events where verdict = 'refused' order by id desc offset ${keptRefusals}::int limit 1)
    returning 1 as one`,
  );
  return gone.length;
}
