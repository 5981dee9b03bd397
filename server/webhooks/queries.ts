import { and, asc, desc, eq, gt, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { interactions, messageAttempts, messages } from "#db/schema/messages.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import type { ListHitsInput } from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { turnPage } from "#server/lists/turn-page.ts";
import { readForm } from "#server/twilio/verify-webhook.ts";
import type { HitDetail, HitRow } from "#server/webhooks/views.ts";

const pageSize = 50;

const word = (name: string) => sql<string | null>`left(${webhookEvents.params} ->> ${name}, 200)`;

const rowColumns = {
  id: webhookEvents.id,
  receivedAt: webhookEvents.receivedAt,
  kind: webhookEvents.kind,
  verdict: webhookEvents.verdict,
  diagnosis: webhookEvents.diagnosis,
  match: webhookEvents.match,
  found: sql<boolean>`${webhookEvents.origin} = 'reconciled'`,
  appliedAt: webhookEvents.appliedAt,
  result: webhookEvents.result,
  error: webhookEvents.error,
  tries: webhookEvents.tries,
  messageSid: webhookEvents.messageSid,
  status: word("MessageStatus"),
  address: sql<
    string | null
  >`left(case ${webhookEvents.kind} when 'inbound' then ${webhookEvents.params} ->> 'From'
    when 'status' then ${webhookEvents.params} ->> 'To' end, 200)`,
};

/** One page of the hits, the newest first (`turnPage`), those that pass the filters. */
export async function listHits(db: Executor, { after, before, ...filter }: ListHitsInput) {
  const where = conditionsOf(filter);
  const page = await turnPage<HitRow, number>(
    { after, before },
    {
      size: pageSize,
      read: ({ from, backwards, limit }) => {
        const beyond = from === null ? [] : [(backwards ? gt : lt)(webhookEvents.id, from)];
        return db
          .select(rowColumns)
          .from(webhookEvents)
          .where(and(...where, ...beyond))
          .orderBy((backwards ? asc : desc)(webhookEvents.id))
          .limit(limit);
      },
      cursorOf: ({ id }) => id,
    },
  );
  const counted = sql`select from ${webhookEvents} where ${and(sql`true`, ...where)} order by ${webhookEvents.id} desc`;
  return { ...page, ...(await countUpTo(db, counted)) };
}

function conditionsOf({ verdict, kind, state, sid }: Omit<ListHitsInput, "after" | "before">): SQL[] {
  return [
    // the words themselves: the planner has to see that a partial index holds them
    ...(verdict ? [sql`${webhookEvents.verdict} = ${sql.raw(`'${verdict}'`)}`] : []),
    ...(kind ? [sql`${webhookEvents.kind} = ${sql.raw(`'${kind}'`)}`] : []),
    ...(state === "waiting" ? [sql`applied_at is null and verdict = 'accepted'`] : []),
    ...(state === "applied" ? [isNotNull(webhookEvents.appliedAt)] : []),
    ...(sid ? [eq(webhookEvents.messageSid, sid)] : []),
  ];
}

/** A hit with all that is kept of it. AppError webhook.not_found. */
export async function requireHit(
  db: Executor,
  { id, accountSid }: { id: number; accountSid: string },
): Promise<HitDetail> {
  const [found] = await db
    .select({
      ...rowColumns,
      method: webhookEvents.method,
      url: webhookEvents.url,
      ip: webhookEvents.ip,
      headers: webhookEvents.headers,
      rawBody: webhookEvents.rawBody,
      bodyBytes: webhookEvents.bodyBytes,
      attemptId: webhookEvents.attemptId,
    })
    .from(webhookEvents)
    .where(eq(webhookEvents.id, id));
  if (!found) throw new AppError("webhook.not_found");
  const { attemptId, ...hit } = found;
  const known = hit.verdict === "accepted" && hit.messageSid !== null;
  return {
    ...hit,
    namesOurAccount: readForm(hit.rawBody).AccountSid === accountSid,
    message: known ? await messageOf(db, { attemptId, sid: hit.messageSid ?? "" }) : null,
    contactId: known ? await contactOf(db, hit.messageSid ?? "") : null,
  };
}

async function messageOf(db: Executor, { attemptId, sid }: { attemptId: string | null; sid: string }) {
  const [message] = await db
    .select({ id: messages.id, campaignId: messages.campaignId })
    .from(messageAttempts)
    .innerJoin(messages, eq(messages.id, messageAttempts.messageId))
    .where(attemptId ? eq(messageAttempts.id, attemptId) : eq(messageAttempts.sid, sid))
    .limit(1);
  return message ?? null;
}

async function contactOf(db: Executor, sid: string): Promise<number | null> {
  const [answer] = await db
    .select({ contactId: interactions.contactId })
    .from(interactions)
    .where(eq(interactions.inboundSid, sid));
  return answer?.contactId ?? null;
}
