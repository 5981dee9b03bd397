// What must be true after a drill, whatever happened: Twilio's memory, the ledger and the counters tell one story.
import { eq, sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import type { MessageRecord } from "#e2e/twilio-simulator/state/types.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";

export type Proof = {
  /** messages to a recipient beyond the first */
  duplicates: number;
  /** recipients Twilio never had a message for */
  lost: number;
  /** what is not as it must be, with the rows concerned; empty when everything is */
  problems: string[];
};

type Questions = {
  db: Database;
  campaignId: number;
  recipients: number;
  /** every message Twilio has */
  atTwilio: readonly MessageRecord[];
  intervalMs: number;
};

const ranks: Record<string, number> = { queued: 0, sent: 1, delivered: 2, read: 3 };

/** Compares the ledger of a settled campaign with what the simulated Twilio remembers of it. */
export async function proveDrill({
  db,
  campaignId,
  recipients,
  atTwilio,
  intervalMs,
}: Questions): Promise<Proof> {
  const rows = await db
    .select()
    .from(messages)
    .where(eq(messages.campaignId, campaignId))
    .orderBy(messages.id);
  const attempts = await db
    .select({ sid: messageAttempts.sid, messageId: messageAttempts.messageId })
    .from(messageAttempts);
  const bySid = new Map(atTwilio.map((message) => [message.sid, message]));
  const ownerOf = new Map(attempts.flatMap(({ sid, messageId }) => (sid ? [[sid, messageId]] : [])));
  const byAddress = new Map<string, string[]>();
  for (const { to, sid } of atTwilio) byAddress.set(to, [...(byAddress.get(to) ?? []), sid]);

  const problems: string[] = [];
  const check = (isRight: boolean, problem: string) => isRight || problems.push(problem);
  check(rows.length === recipients, `${rows.length} messages for ${recipients} recipients`);
  let duplicates = 0;
  let lost = 0;
  for (const { id, status, toAddress, whatsappMessageId } of rows) {
    const sids = byAddress.get(toAddress ?? "") ?? [];
    duplicates += Math.max(0, sids.length - 1);
    lost += sids.length === 0 ? 1 : 0;
    check(sids.length === 1, `message ${id} (${status}): ${sids.length} times at Twilio ${sids.join(" ")}`);
    const remote = whatsappMessageId ? bySid.get(whatsappMessageId) : undefined;
    check(remote?.to === toAddress, `message ${id} (${status}): its SID ${whatsappMessageId} is not its own`);
    const told = highestRankTold(remote);
    check((ranks[status ?? ""] ?? -1) >= Math.max(1, told), `message ${id}: ${status}, Twilio told ${told}`);
  }
  for (const { sid, to } of atTwilio) check(ownerOf.has(sid), `${sid} to ${to.slice(-4)}: nobody owns it`);
  check(ownerOf.size === atTwilio.length, `${ownerOf.size} SIDs owned, ${atTwilio.length} at Twilio`);

  const ledger = await proveLedger(db, { campaignId: null });
  for (const { key, broken, rows: shown } of ledger.checks) {
    check(broken === 0, `${key}: ${broken} rows break it, such as ${JSON.stringify(shown.slice(0, 3))}`);
  }
  problems.push(...(await closeSlots(db, intervalMs)), ...(await unappliedWebhooks(db)));
  return { duplicates, lost, problems };
}

/** The furthest status whose callback we answered with 200: what was stored must not be forgotten. */
function highestRankTold(message: MessageRecord | undefined): number {
  const told = message?.callbacks.filter(({ result }) => result === 200) ?? [];
  return Math.max(0, ...told.map(({ status }) => ranks[status] ?? 0));
}

async function closeSlots(db: Database, intervalMs: number): Promise<string[]> {
  const close = await queryRows<{ id: string; gap: number }>(
    db,
    sql`
    select id, gap from (
      select id, extract(epoch from slot_at - lag(slot_at) over (order by slot_at))::float8 * 1000 as gap
      from message_attempts) slots
    where gap < ${intervalMs}::float8`,
  );
  return close.map(({ id, gap }) => `attempt ${id}: its slot is only ${gap} ms after the one before`);
}

async function unappliedWebhooks(db: Database): Promise<string[]> {
  const rows = await queryRows<{ id: string; error: string | null }>(
    db,
    sql`select id, error from webhook_events where applied_at is null and verdict = 'accepted'`,
  );
  return rows.map(({ id, error }) => `webhook event ${id} is not applied: ${error}`);
}
