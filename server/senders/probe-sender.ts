import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { senders } from "#db/schema/senders.ts";
import type { Log } from "#server/log.ts";
import { resumeSender } from "#server/senders/resume-sender.ts";
import { GatewayError, type WhatsAppGateway } from "#server/twilio/gateway.ts";

/**
 * Asks Twilio whether it answers again, for a sender that paused after ten uncertain sends in a row, and lets it go on
 * when it does (engine.md 7). Asked at most once a minute over all workers.
 */
export async function probeSender(
  { db, gateway, log }: { db: Database; gateway: WhatsAppGateway; log: Log },
  senderId: number,
): Promise<boolean> {
  const taken = await db
    .update(senders)
    .set({ nextProbeAt: sql`clock_timestamp() + interval '60 seconds'` })
    .where(
      and(
        eq(senders.id, senderId),
        eq(senders.pauseReason, "twilio_unreachable"),
        sql`${senders.nextProbeAt} <= clock_timestamp()`,
      ),
    )
    .returning({ id: senders.id });
  if (taken.length === 0) return false;
  try {
    await gateway.fetchAccount();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    log.warn({ senderId, reason: error.message }, "Twilio still does not answer");
    return false;
  }
  return resumeSender(db, { senderId });
}
