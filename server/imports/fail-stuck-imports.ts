import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";

/**
 * An import whose job has failed as often as it may, or is lost, is `failed` with what could not be done; the admin may
 * have it tried again (retry-import.ts). Part of the sweep. The queue's own tables: its view shows no payloads.
 */
export async function failStuckImports(db: Executor): Promise<void> {
  await db.execute(sql`
    update imports i set status = 'failed', error = case i.status when 'checking' then 'check' else 'run' end
    where i.status in ('checking', 'importing') and not exists (
      select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier in ('check_import', 'run_import') and j.payload ->> 'importId' = i.id::text
        and (j.attempts < j.max_attempts or j.locked_at is not null))`);
}
