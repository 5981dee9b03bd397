// Callbacks of messages that go their usual way, applied together: what comes while one batch is on its way goes with the
// next, so that a burst costs one commit per batch and not one per callback.
import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";

type Waiting = { eventId: number; answer: (applied: boolean) => void };
type Line = { waiting: Waiting[]; running: boolean };

/** One line per connection pool, which is one per process. */
const lines = new WeakMap<Database, Line>();
/** Locks are held until a batch commits. */
const batchSize = 100;

/**
 * Applies a stored status event if it is a usual one; resolves once that is committed. False, and nothing done, for
 * everything else, and when the batch failed: then `applyWebhookEvent` has to do it, and says what is wrong.
 */
export function applyUsualStatus(db: Database, eventId: number): Promise<boolean> {
  const line = lines.get(db) ?? { waiting: [], running: false };
  lines.set(db, line);
  return new Promise((answer) => {
    line.waiting.push({ eventId, answer });
    if (!line.running) void workOff(db, line);
  });
}

async function workOff(db: Database, line: Line): Promise<void> {
  line.running = true;
  while (line.waiting.length > 0) {
    const batch = line.waiting.splice(0, batchSize);
    const applied = await applyBatch(db, batch).catch(() => new Set<number>());
    for (const { eventId, answer } of batch) answer(applied.has(eventId));
  }
  line.running = false;
}

async function applyBatch(db: Database, batch: readonly Waiting[]): Promise<Set<number>> {
  const ids = batch.map(({ eventId }) => eventId);
  const rows = await queryRows<{ id: string | number }>(
    db,
    sql`select relance.apply_usual_statuses(${sql.param(ids)}::bigint[]) as id`,
  );
  return new Set(rows.map(({ id }) => Number(id)));
}
