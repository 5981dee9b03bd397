import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { pollDelay } from "#server/domain/retry-policy.ts";
import type { Settlement } from "#server/messages/settle-attempt.ts";

/**
 * Records an accepted request in one round trip, when message and sender are as usual; false, and nothing done, when
 * they are not: then `settleAttempt` has to look closer.
 */
export async function acceptAnswer(
  db: Executor,
  { messageId, attemptId, result, requestedAfterMs }: Settlement,
): Promise<boolean> {
  if (result.kind !== "accepted" || requestedAfterMs === null) return false;
  const [row] = await queryRows<{ done: boolean }>(
    db,
    sql`
    select relance.accept_answer(${messageId}::int, ${attemptId}::uuid, ${result.sid}::text,
      ${result.httpStatus}::int, ${requestedAfterMs}::float8, ${pollDelay(0)}::float8) as done`,
  );
  return row?.done ?? false;
}
