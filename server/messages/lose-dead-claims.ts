import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { lockMessage } from "#server/messages/locked-message.ts";
import { loseAttempt } from "#server/messages/lose-attempt.ts";

export type DeadClaimSettings = { deadAfterMs: number; retryDelaysSeconds: readonly number[] };

/**
 * Claims whose worker is dead (no heartbeat for `deadAfterMs`, or stopped) become `uncertain`: the request may have been
 * made. Returns how many. Several workers may do it at once.
 */
export async function loseDeadClaims(db: Database, settings: DeadClaimSettings): Promise<number> {
  const dead = await queryRows<{ message_id: number; attempt_id: string }>(
    db,
    sql`
    select m.id as message_id, a.id as attempt_id
    from messages m
    join message_attempts a on a.id = m.current_attempt_id
    left join workers w on w.id = a.worker_id
    where m.status = 'sending'
      and (w.id is null or w.stopped_at is not null
        or w.heartbeat_at < clock_timestamp() - ${settings.deadAfterMs} * interval '1 millisecond')
    order by m.id limit 500`,
  );
  for (const { message_id: messageId, attempt_id: attemptId } of dead) {
    await db.transaction(async (tx) => {
      const locked = await lockMessage(tx, messageId);
      if (locked?.message.currentAttemptId !== attemptId) return;
      await loseAttempt(tx, locked, {
        attemptId,
        message: "worker_died",
        delaysSeconds: settings.retryDelaysSeconds,
      });
    });
  }
  return dead.length;
}
