import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { AppError } from "#server/errors.ts";
import { type ApplyServices, applyEvent } from "#server/webhooks/apply-event.ts";

/** What an event can come to without any effect. */
const withoutEffect = new Set(["duplicate", "ignored", "test"]);

/**
 * Applies a stored event once more, as it came and as of when it came, and returns what came of it this time. Idempotent:
 * an event that had its effect has no second one (an answer is recorded once, Message 2 follows it once, a status moves a
 * message only forward), one that had none, because the contact or the message was not known then, may have it now.
 * AppErrors webhook.not_found and, for a hit that was refused, webhook.not_replayable.
 */
export async function replayEvent(
  tx: Transaction,
  settings: Pick<ApplyServices, "env" | "log">,
  eventId: number,
): Promise<{ before: string | null; result: string }> {
  const [event] = await tx.select().from(webhookEvents).where(eq(webhookEvents.id, eventId)).for("update");
  if (!event) throw new AppError("webhook.not_found");
  if (event.verdict !== "accepted") throw new AppError("webhook.not_replayable");
  const before = event.result;
  const result = await applyEvent(tx, settings, event, { again: before === "applied" });
  await tx
    .update(webhookEvents)
    .set({
      appliedAt: sql`coalesce(${webhookEvents.appliedAt}, clock_timestamp())`,
      result: before !== null && withoutEffect.has(result) ? before : result,
      error: null,
    })
    .where(eq(webhookEvents.id, eventId));
  return { before, result };
}
