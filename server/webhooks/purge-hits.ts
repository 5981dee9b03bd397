// What the inspector shows is kept for thirty days; of refused hits no more than so many.

import { sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";

const keptDays = 30;
export const keptRefusals = 10_000;
const purgeEverySeconds = 3600;

const batchSize = 5000;
const turnKey = "webhooks_purged";

/** For the sweep: nobody has purged for an hour. */
export const isPurgeDue = sql`not exists (select from settings where key = ${turnKey}
  and updated_at > clock_timestamp() - ${purgeEverySeconds} * interval '1 second')`;

/** Takes the turn to purge, for this worker alone; false when another one did within the hour. */
export async function takePurgeTurn(db: Executor): Promise<boolean> {
  const taken = await queryRows(
    db,
    sql`insert into settings (key, value, updated_at) values (${turnKey}, '{}', clock_timestamp())
    on conflict (key) do update set updated_at = clock_timestamp()
    where settings.updated_at <= clock_timestamp() - ${purgeEverySeconds} * interval '1 second' returning key`,
  );
  return taken.length > 0;
}

/**
 * Deletes the hits that came over thirty days ago, but those accepted and never applied, which may still be; and of those
 * refused all but the newest ten thousand. In batches that are committed one by one; stops between two when told. Returns
 * how many it deleted.
 */
export async function purgeHits(db: Database, stopping?: AbortSignal): Promise<number> {
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
