// Inbound messages whose webhook never came: Twilio gives up on a webhook after 15 s (engine.md 8).
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { interactions } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { unknownSenderMessages, webhookEvents } from "#db/schema/webhooks.ts";
import type { RemoteMessage, WhatsAppGateway } from "#server/twilio/gateway.ts";
import { type ApplyServices, applyWebhookEvent } from "#server/webhooks/apply-event.ts";
import { storable } from "#server/webhooks/storable.ts";

export type ReconcileContext = ApplyServices & { gateway: WhatsAppGateway };

export type InboundFound = {
  from: string | null;
  /** what came of it (receiveInbound); null: stored, not applied yet */
  result: string | null;
};

/**
 * Fetches what the sender received since the last inbound message we stored (an hour of overlap, a day at most when
 * there is none) and applies what we do not have, as if its webhook had come. Returns how many were found. Throws a
 * GatewayError when Twilio does not answer.
 */
export async function reconcileInbound(context: ReconcileContext, senderId: number): Promise<number> {
  return (await findInbound(context, senderId)).length;
}

/** As `reconcileInbound`; returns what came of each message that was found. */
export async function reportInbound(context: ReconcileContext, senderId: number): Promise<InboundFound[]> {
  const eventIds = await findInbound(context, senderId);
  if (eventIds.length === 0) return [];
  return context.db
    .select({
      from: sql<string | null>`${webhookEvents.params} ->> 'From'`,
      result: webhookEvents.result,
    })
    .from(webhookEvents)
    .where(inArray(webhookEvents.id, eventIds))
    .orderBy(webhookEvents.id);
}

/** What the previous system had taken care of, in a database that was taken over: none of it is looked for. */
const lastHandledBefore = sql`select max(i.received_at) at time zone 'UTC' from interactions i`;

async function findInbound(context: ReconcileContext, senderId: number): Promise<number[]> {
  const { db, gateway } = context;
  const [sender] = await db.select().from(senders).where(eq(senders.id, senderId));
  if (!sender) return [];
  const [last] = await queryRows<{ since_ms: number }>(
    db,
    sql`
    select (extract(epoch from greatest(now() - interval '7 days', coalesce(max(received_at) - interval '1 hour',
      greatest(now() - interval '1 day', (${lastHandledBefore}))))) * 1000)::float8 as since_ms
    from webhook_events where kind = 'inbound' and verdict = 'accepted'`,
  );
  const since = new Date(last?.since_ms ?? 0);
  const received = await gateway.findReceived({ to: sender.address, since });
  const missing = await withoutStored(context, received);
  // All or none are stored, before any is applied: the next look begins at the last one stored.
  const eventIds = await storeFound(context, missing);
  for (const eventId of eventIds) {
    await applyWebhookEvent(context, eventId).catch((error: unknown) =>
      context.log.error({ err: error, eventId }, "inbound message found, not applied yet"),
    );
  }
  return eventIds;
}

/** Takes the turn to ask, for this worker alone; false when another one asked within `everySeconds`. */
export async function takeInboundTurn(
  db: Executor,
  senderId: number,
  everySeconds: number,
): Promise<boolean> {
  const taken = await db
    .update(senders)
    .set({ inboundCheckedAt: sql`clock_timestamp()` })
    .where(sql`${senders.id} = ${senderId} and (inbound_checked_at is null
      or inbound_checked_at < clock_timestamp() - ${everySeconds} * interval '1 second')`)
    .returning({ id: senders.id });
  return taken.length > 0;
}

async function withoutStored({ db }: ReconcileContext, received: RemoteMessage[]): Promise<RemoteMessage[]> {
  const sids = received.map(({ sid }) => sid);
  if (sids.length === 0) return [];
  const [events, answers, unknown] = await Promise.all([
    db
      .select({ sid: webhookEvents.messageSid })
      .from(webhookEvents)
      .where(and(inArray(webhookEvents.messageSid, sids), eq(webhookEvents.verdict, "accepted"))),
    db
      .select({ sid: interactions.inboundSid })
      .from(interactions)
      .where(inArray(interactions.inboundSid, sids)),
    db
      .select({ sid: unknownSenderMessages.inboundSid })
      .from(unknownSenderMessages)
      .where(inArray(unknownSenderMessages.inboundSid, sids)),
  ]);
  const stored = new Set([...events, ...answers, ...unknown].map(({ sid }) => sid));
  const missing = received.filter(({ sid }) => !stored.has(sid)).reverse();
  const before = await handledBefore(
    db,
    missing.map(({ sid }) => sid),
  );
  return missing.filter(({ sid }) => !before.has(sid));
}

/** Those that the previous system stored, under its own name of the column. */
async function handledBefore(db: Executor, sids: readonly string[]): Promise<Set<string | null>> {
  if (sids.length === 0) return new Set();
  const answers = await db
    .select({ sid: interactions.whatsappMessageId })
    .from(interactions)
    .where(and(isNull(interactions.inboundSid), inArray(interactions.whatsappMessageId, [...sids])));
  return new Set(answers.map(({ sid }) => sid));
}

async function storeFound({ db }: ReconcileContext, found: RemoteMessage[]): Promise<number[]> {
  if (found.length === 0) return [];
  const stored = await db
    .insert(webhookEvents)
    .values(
      found.map((message) => ({
        kind: "inbound" as const,
        verdict: "accepted" as const,
        origin: "reconciled" as const,
        url: "",
        rawBody: "",
        params: paramsOf(message),
        messageSid: message.sid,
        nextTryAt: sql`clock_timestamp() + interval '10 seconds'`,
      })),
    )
    .returning({ id: webhookEvents.id });
  return stored.map(({ id }) => id);
}

/** What its webhook would have said, and when Twilio received it. */
function paramsOf(message: RemoteMessage): Record<string, string> {
  return {
    MessageSid: message.sid,
    From: message.from,
    To: message.to,
    Body: storable(message.body),
    NumMedia: String(message.numMedia),
    RelanceReceivedAt: message.createdAt.toISOString(),
  };
}
