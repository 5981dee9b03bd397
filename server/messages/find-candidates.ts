import { eq, inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import type { RemoteMessage, WhatsAppGateway } from "#server/twilio/gateway.ts";

type AttemptRow = typeof messageAttempts.$inferSelect;

/** Twilio's creation time has whole seconds, and its clock is not ours. */
const beforeMs = 5_000;
const afterMs = 120_000;

/**
 * What may be this attempt at Twilio: from our sender to its recipient, created around its claim, and owned by no other
 * attempt (engine.md 8). Newest first. Throws a GatewayError when Twilio does not answer.
 */
export async function findCandidates(
  { db, gateway }: { db: Executor; gateway: WhatsAppGateway },
  messageId: number,
  attempt: AttemptRow,
): Promise<RemoteMessage[]> {
  const [message] = await db
    .select({ to: messages.toAddress, from: messages.fromAddress })
    .from(messages)
    .where(eq(messages.id, messageId));
  if (!message?.to || !message.from) return [];
  const since = new Date(attempt.claimedAt.getTime() - beforeMs);
  const until = attempt.claimedAt.getTime() + afterMs;
  const found = await gateway.findSent({ to: message.to, from: message.from, since });
  const inTime = found.filter((remote) => remote.createdAt.getTime() <= until);
  if (inTime.length === 0) return [];
  const sids = inTime.map(({ sid }) => sid);
  const owned = await db
    .select({ sid: messageAttempts.sid })
    .from(messageAttempts)
    .where(inArray(messageAttempts.sid, sids));
  const ownedSids = new Set(owned.map(({ sid }) => sid));
  return inTime.filter(({ sid }) => !ownedSids.has(sid));
}
