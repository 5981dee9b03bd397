import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import type { AttemptFinding } from "#server/domain/failures.ts";
import { lockMessage } from "#server/messages/locked-message.ts";
import { loseAttempt } from "#server/messages/lose-attempt.ts";

export type DeadClaimSettings = {
  deadAfterMs: number;
  /** how long a request to Twilio may take */
  twilioTimeoutMs: number;
  retryDelaysSeconds: readonly number[];
};

/** What a claim may take besides its request: the 5 s in which that has to begin, and a busy database. */
const besidesMs = 25_000;

/**
 * Claims nobody works on become `uncertain`, since the request may have been made: those of a dead worker (no heartbeat
 * for `deadAfterMs`, or stopped), and those too old for any request to be under way. The latter are claims that were
 * committed while the connection broke: the worker lives and never heard of them. Should it know the outcome after all,
 * having no database to store it in, it settles the message later. Returns how many; several workers may do it at once.
 */
export async function loseDeadClaims(db: Database, settings: DeadClaimSettings): Promise<number> {
  const tooOldMs = settings.twilioTimeoutMs + besidesMs;
  const dead = await queryRows<{ message_id: number; attempt_id: string; alive: boolean }>(
    db,
    sql`
    select m.id as message_id, a.id as attempt_id, w.id is not null and w.stopped_at is null
      and w.heartbeat_at >= clock_timestamp() - ${settings.deadAfterMs} * interval '1 millisecond' as alive
    from messages m
    join message_attempts a on a.id = m.current_attempt_id
    left join workers w on w.id = a.worker_id
    where m.status = 'sending'
      and (w.id is null or w.stopped_at is not null
        or w.heartbeat_at < clock_timestamp() - ${settings.deadAfterMs} * interval '1 millisecond'
        or a.claimed_at < clock_timestamp() - ${tooOldMs} * interval '1 millisecond')
    order by m.id limit 500`,
  );
  for (const { message_id: messageId, attempt_id: attemptId, alive } of dead) {
    await db.transaction(async (tx) => {
      const locked = await lockMessage(tx, messageId);
      if (locked?.message.currentAttemptId !== attemptId) return;
      await loseAttempt(tx, locked, {
        attemptId,
        message: (alive ? "claim_not_heard_of" : "worker_died") satisfies AttemptFinding,
        delaysSeconds: settings.retryDelaysSeconds,
      });
    });
  }
  return dead.length;
}
