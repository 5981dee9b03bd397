// Asking Twilio by hand, now and not when it is due (`npm run reconcile`), under the rules of engine.md 8.
import { and, asc, desc, eq, gt, isNotNull, sql } from "drizzle-orm";
import { isConnectionFailure } from "#db/errors.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import {
  type CheckContext,
  checkMessage,
  concernsEveryMessage,
  takeTurn,
} from "#server/messages/check-messages.ts";
import { GatewayError } from "#server/twilio/gateway.ts";

export type MessageChange = {
  messageId: number;
  campaignId: number | null;
  /** `whatsapp:+…`, to be masked by whoever shows it */
  toAddress: string | null;
  from: string;
  to: string;
  /** what moved it: a cause of the table of moves, and Twilio's code */
  cause: string;
  code: number | null;
};

export type Reconciled = {
  asked: number;
  /** messages Twilio could not be asked about, or that could not be changed */
  failed: number;
  /** uncertain still; of these, what waits for an admin */
  uncertain: number;
  undecided: number;
};

const batch = 100;

type Listed = Pick<typeof messages.$inferSelect, "id" | "campaignId" | "toAddress" | "status"> & {
  attemptId: string | null;
};

/**
 * Looks for every uncertain message and asks about every sent one without final news, due or not. Only a question whose
 * time has come counts as one of the three looks: asking often allows no attempt earlier. `report` hears of each change
 * as it happens. Throws the GatewayError by which Twilio answers nobody.
 */
export async function reconcileMessages(
  context: CheckContext,
  report: (change: MessageChange) => void,
): Promise<Reconciled> {
  const asked = new Set<number>();
  let failed = 0;
  for (const status of ["uncertain", "sent"] as const) {
    for await (const message of listed(context, status)) {
      // found a moment ago: Twilio has just been asked
      if (asked.has(message.id)) continue;
      asked.add(message.id);
      try {
        for (const change of await reconcileMessage(context, message)) report(change);
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        if (error instanceof GatewayError && concernsEveryMessage(error)) throw error;
        context.log.error({ messageId: message.id, err: error }, "message not checked");
        failed += 1;
      }
    }
  }
  return { asked: asked.size, failed, ...(await stillUncertain(context)) };
}

async function* listed({ db }: CheckContext, status: "uncertain" | "sent"): AsyncGenerator<Listed> {
  for (let after = 0; ; ) {
    const found = await db
      .select({
        id: messages.id,
        campaignId: messages.campaignId,
        toAddress: messages.toAddress,
        status: messages.status,
        attemptId: messages.currentAttemptId,
      })
      .from(messages)
      .where(and(eq(messages.status, status), isNotNull(messages.currentAttemptId), gt(messages.id, after)))
      .orderBy(asc(messages.id))
      .limit(batch);
    yield* found;
    const last = found.at(-1);
    if (!last || found.length < batch) return;
    after = last.id;
  }
}

async function reconcileMessage(context: CheckContext, message: Listed): Promise<MessageChange[]> {
  const { db } = context;
  const { id, campaignId, toAddress } = message;
  const [last] = await db
    .select({ id: messageEvents.id })
    .from(messageEvents)
    .where(eq(messageEvents.messageId, id))
    .orderBy(desc(messageEvents.id))
    .limit(1);
  await checkMessage(context, message, await takeTurn(db, id));
  const events = await db
    .select()
    .from(messageEvents)
    .where(and(eq(messageEvents.messageId, id), gt(messageEvents.id, last?.id ?? 0)))
    .orderBy(asc(messageEvents.id));
  return events.flatMap(({ type, fromStatus, toStatus, data }) => {
    const moved = fromStatus !== null && toStatus !== null && !type.startsWith("ignored");
    if (!moved) return [];
    const { code = null } = (data ?? {}) as { code?: number | null };
    return { messageId: id, campaignId, toAddress, from: fromStatus, to: toStatus, cause: type, code };
  });
}

async function stillUncertain({ db }: CheckContext): Promise<Pick<Reconciled, "uncertain" | "undecided">> {
  const [counted] = await db
    .select({
      uncertain: sql<number>`count(*)::int`,
      undecided: sql<number>`(count(*) filter (where ${messages.reason} = 'several_candidates'))::int`,
    })
    .from(messages)
    .where(eq(messages.status, "uncertain"));
  return counted ?? { uncertain: 0, undecided: 0 };
}
