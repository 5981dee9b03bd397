import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { type Finding, green, red } from "#server/doctor/views.ts";
import { heartbeatSeconds } from "#server/senders/queries.ts";

/** Whether a worker lives, by the heartbeat each of them writes every two seconds. */
export async function checkWorker(db: Database): Promise<Finding> {
  const [found] = await queryRows<{ living: number; seconds: number | null; ever: boolean }>(
    db,
    sql`select
      count(*) filter (where stopped_at is null and age < ${heartbeatSeconds})::int as living,
      (min(age) filter (where stopped_at is null))::float8 as seconds,
      count(*) > 0 as ever
    from (select stopped_at, extract(epoch from clock_timestamp() - heartbeat_at) as age from workers) w`,
  );
  if (found && found.living > 0) return green("ok", { count: found.living });
  if (found?.seconds != null) return red("silent", { seconds: Math.round(found.seconds) });
  return red(found?.ever ? "stopped" : "never");
}
