import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import type { TaskName, TaskPayload } from "#server/queue/catalogue.ts";

/**
 * Adds a job in the caller's transaction, so that row and hint commit or vanish together; call it last. Without a job
 * key on purpose: keys lose hints when a job of the same key is running (engine.md 1).
 */
export async function enqueue<Name extends TaskName>(
  db: Executor,
  name: Name,
  payload: TaskPayload<Name>,
): Promise<void> {
  await db.execute(
    sql`select graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json, max_attempts := 5::int)`,
  );
}
