// Work that is due every so often, once over all workers, whoever comes first.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

export type Turn = { key: string; everySeconds: number };

/** For the sweep: nobody has taken the turn for so long. */
export function isTurnDue({ key, everySeconds }: Turn): SQL {
  return sql`not exists (select from settings where key = ${key}
    and updated_at > clock_timestamp() - ${everySeconds} * interval '1 second')`;
}

/** Takes the turn, for this worker alone; false when another one did since. */
export async function takeTurn(db: Executor, { key, everySeconds }: Turn): Promise<boolean> {
  const taken = await queryRows(
    db,
    sql`insert into settings (key, value, updated_at) values (${key}, '{}', clock_timestamp())
    on conflict (key) do update set updated_at = clock_timestamp()
    where settings.updated_at <= clock_timestamp() - ${everySeconds} * interval '1 second' returning key`,
  );
  return taken.length > 0;
}
