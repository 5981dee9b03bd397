import { eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { withoutNumbers } from "#server/log-error.ts";
import { applyStatus } from "#server/messages/apply-status.ts";
import { nameRequest } from "#server/request-id.ts";
import { readHit } from "#server/twilio/webhook-inputs.ts";
import { receiveInbound } from "#server/webhooks/receive-inbound.ts";

export type ApplyServices = {
  db: Database;
  log: Log;
  env: Pick<
    Env,
    "retryDelaysSeconds" | "messageTwoMaxAgeDays" | "serviceWindowHours" | "sandboxMembershipHours"
  >;
};

type EventRow = typeof webhookEvents.$inferSelect;

type ApplyOptions = {
  /** applied before: what it told is in the journal already */
  again: boolean;
};

/** Applying again waits longer each time, an hour at most: one bad event must not keep the others. */
const retryAfter = sql`clock_timestamp() + least(power(2, least(${webhookEvents.tries}, 9)) * 10, 3600) * interval '1 second'`;

/**
 * Applies a stored event once, in one transaction with the mark that it is applied; whoever comes second finds it done.
 * Throws what applying threw, after noting it with the event, which is then tried again by the sweep.
 */
export async function applyWebhookEvent(services: ApplyServices, eventId: number): Promise<void> {
  const { db } = services;
  try {
    await db.transaction(async (tx) => {
      const [event] = await tx
        .select()
        .from(webhookEvents)
        .where(sql`${webhookEvents.id} = ${eventId} and applied_at is null and verdict = 'accepted'`)
        .for("update", { skipLocked: true });
      if (!event) return;
      await nameRequest(tx, event.requestId);
      const result = await applyEvent(tx, services, event, { again: false });
      await tx
        .update(webhookEvents)
        .set({ appliedAt: sql`clock_timestamp()`, result, error: null })
        .where(eq(webhookEvents.id, event.id));
    });
  } catch (error) {
    await db
      .update(webhookEvents)
      .set({
        tries: sql`least(${webhookEvents.tries}::int + 1, 32767)`,
        nextTryAt: retryAfter,
        error: messageOf(error),
      })
      .where(eq(webhookEvents.id, eventId));
    throw error;
  }
}

/** Does what an accepted event says, and returns what came of it. The caller holds the event's row. */
export async function applyEvent(
  tx: Transaction,
  { env, log }: Pick<ApplyServices, "env" | "log">,
  event: EventRow,
  { again }: ApplyOptions,
): Promise<string> {
  const hit = readHit(event.params);
  const receivedAt = event.receivedAt.toISOString();
  if (hit.kind === "unknown") return "ignored";
  if (hit.kind === "test") return "test";
  // an event applied late, or again, did not come late
  if (hit.kind === "inbound")
    return receiveInbound(tx, env, { ...hit, receivedAt: hit.receivedAt ?? receivedAt });
  if (hit.status === "failed" || hit.status === "undelivered") {
    // Criteria 2.5 and 5.4: Twilio's code and text.
    log.warn(
      {
        eventId: event.id,
        sid: hit.sid,
        status: hit.status,
        code: hit.errorCode,
        message: hit.errorMessage && withoutNumbers(hit.errorMessage),
      },
      "message failed",
    );
  }
  const arrival = { webhookEventId: event.id, receivedAt };
  return applyStatus(tx, env, { ...hit, attemptId: event.attemptId, by: "callback", arrival, again });
}

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
}

/** Applies what is stored and was not applied for 10 s: the process died in between, or applying failed. */
export async function applyPendingEvents(services: ApplyServices): Promise<number> {
  const due = await services.db
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(sql`applied_at is null and verdict = 'accepted' and next_try_at <= clock_timestamp()`)
    .orderBy(webhookEvents.id)
    .limit(200);
  for (const { id } of due) {
    await applyWebhookEvent(services, id).catch((error: unknown) =>
      services.log.error({ err: error, eventId: id }, "webhook event not applied"),
    );
  }
  return due.length;
}
