// Asks Twilio about messages of unknown fate and about those whose callbacks never came (engine.md 8).
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { isConnectionFailure } from "#db/errors.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { pollDelay } from "#server/domain/retry-policy.ts";
import type { Log } from "#server/log.ts";
import { withoutNumbers } from "#server/log-error.ts";
import { applyStatus } from "#server/messages/apply-status.ts";
import { settleUncertain } from "#server/messages/settle-uncertain.ts";
import { GatewayError, type WhatsAppGateway } from "#server/twilio/gateway.ts";

export type CheckContext = {
  db: Database;
  gateway: WhatsAppGateway;
  log: Log;
  env: { retryDelaysSeconds: readonly number[] };
};

export type Turn = {
  /** its time had come, and nobody else took it: it is one of the three looks, or of the four questions */
  inTurn: boolean;
};

/** Checked again after this long when the process dies in the middle, or Twilio does not answer. */
const againSeconds = 30;
const batch = 20;

export type Check = { id: number; status: string | null; attemptId: string | null };

/** Works off the checks that are due. Returns how many messages it asked about. */
export async function checkMessages(context: CheckContext): Promise<number> {
  let asked = 0;
  for (;;) {
    const due = await takeDueChecks(context.db);
    for (const check of due) {
      try {
        await checkMessage(context, check, { inTurn: true });
        asked += 1;
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        logFailure(context, check, error);
        if (error instanceof GatewayError && concernsEveryMessage(error)) return asked;
      }
    }
    if (due.length < batch) return asked;
  }
}

/** Twilio does not answer, or nobody of this account; anything else is this message's own trouble, not the next one's. */
export function concernsEveryMessage({ httpStatus }: GatewayError): boolean {
  return httpStatus === null || httpStatus >= 500 || [401, 403, 429].includes(httpStatus);
}

function logFailure({ log }: CheckContext, { id }: Check, error: unknown): void {
  if (error instanceof GatewayError) {
    const reason = withoutNumbers(error.message);
    log.warn({ messageId: id, code: error.code, reason }, "Twilio could not be asked");
  } else log.error({ messageId: id, err: error }, "message not checked, later again");
}

/** Takes the turn of one message when its time has come; it is asked about again soon if we die meanwhile. */
export async function takeTurn(db: Database, id: number): Promise<Turn> {
  const taken = await db
    .update(messages)
    .set({ nextCheckAt: sql`clock_timestamp() + ${againSeconds} * interval '1 second'` })
    .where(sql`${messages.id} = ${id} and ${messages.nextCheckAt} <= clock_timestamp()`)
    .returning({ id: messages.id });
  return { inTurn: taken.length > 0 };
}

/** Postpones what it takes, so that two workers do not ask twice. */
async function takeDueChecks(db: Database): Promise<Check[]> {
  return db
    .update(messages)
    .set({ nextCheckAt: sql`clock_timestamp() + ${againSeconds} * interval '1 second'` })
    .where(
      sql`${messages.id} in (
        select id from messages where next_check_at <= clock_timestamp()
        order by next_check_at limit ${batch} for update skip locked)`,
    )
    .returning({ id: messages.id, status: messages.status, attemptId: messages.currentAttemptId });
}

/**
 * Asks Twilio about one message, uncertain or without final news, and applies what it says. Throws a GatewayError.
 */
export async function checkMessage(
  context: CheckContext,
  { id, status, attemptId }: Check,
  turn: Turn,
): Promise<void> {
  const { db } = context;
  const [attempt] = attemptId
    ? await db.select().from(messageAttempts).where(eq(messageAttempts.id, attemptId))
    : [undefined];
  if (status === "uncertain" && attempt) return settleUncertain(context, id, attempt, turn);
  if (status === "sent" && attempt?.sid) return poll(context, id, { id: attempt.id, sid: attempt.sid }, turn);
  if (turn.inTurn) await db.update(messages).set({ nextCheckAt: null }).where(eq(messages.id, id));
}

async function poll(
  { db, gateway, env }: CheckContext,
  id: number,
  { id: attemptId, sid }: { id: string; sid: string },
  { inTurn }: Turn,
): Promise<void> {
  const remote = await gateway.fetchMessage(sid);
  await db.transaction(async (tx) => {
    if (remote) {
      await applyStatus(tx, env, {
        attemptId,
        sid,
        status: remote.status,
        to: remote.to,
        errorCode: remote.errorCode,
        errorMessage: remote.errorMessage,
        by: "found",
      });
    }
    if (!inTurn) return;
    await tx
      .update(messages)
      .set({
        checkCount: sql`${messages.checkCount} + 1`,
        nextCheckAt: sql`case ${messages.checkCount} + 1 ${sql.join(
          [1, 2, 3].map(
            (count) =>
              sql`when ${count} then (select coalesce(answered_at, claimed_at) + ${pollDelay(count)} * interval '1 second' from message_attempts where id = ${attemptId})`,
          ),
          sql` `,
        )} end`,
      })
      .where(sql`${messages.id} = ${id} and ${messages.status} = 'sent'`);
  });
}
