// The proof that a campaign, or the whole ledger, is what its counters say: for its page, `npm run audit` and the drill.
import { sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import { type ProofScope, proofChecks } from "#server/proof/checks.ts";
import {
  type Proof,
  type ProofCheck,
  type ProofCheckKey,
  type ProofRow,
  proofCheckKeys,
} from "#server/proof/views.ts";

/** Of the rows that break a check so many are shown; all are counted. */
const shownRows = 20;

/**
 * Runs every check of checks.ts on one campaign, or on everything when `campaignId` is null. One snapshot for all:
 * what is sent meanwhile disturbs nothing, and nothing is locked. Ownership is the caller's to check.
 */
export async function proveLedger(db: Database, { campaignId }: { campaignId: ProofScope }): Promise<Proof> {
  return db.transaction(
    async (tx) => {
      const checks: ProofCheck[] = [];
      for (const key of proofCheckKeys) checks.push(await runCheck(tx, key, campaignId));
      return { ...(await examined(tx, campaignId)), checks, ok: checks.every(({ broken }) => broken === 0) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

type FoundRow = {
  total: number;
  campaign_id: number | null;
  message_id: number | null;
  facts: ProofRow["facts"];
};

async function runCheck(tx: Executor, key: ProofCheckKey, scope: ProofScope): Promise<ProofCheck> {
  const found = await queryRows<FoundRow>(
    tx,
    sql`select (count(*) over ())::int as total, campaign_id, message_id, facts
      from (${proofChecks[key](scope)}) broken
      order by campaign_id, message_id, facts::text limit ${shownRows}`,
  );
  const rows = found.map(({ campaign_id: campaignId, message_id: messageId, facts }) => ({
    campaignId,
    messageId,
    facts,
  }));
  return { key, broken: found[0]?.total ?? 0, rows };
}

type Examined = Omit<Proof, "checks" | "ok">;

async function examined(tx: Executor, scope: ProofScope): Promise<Examined> {
  const ofScope = scope === null ? sql`true` : sql`campaign_id = ${scope}`;
  const ofMessages =
    scope === null ? sql`true` : sql`message_id in (select id from messages where campaign_id = ${scope})`;
  const [counted] = await queryRows<{
    checked_ms: number;
    recipients: number;
    messages: number;
    attempts: number;
    events: number;
    answers: number;
    states: Record<string, number>;
  }>(
    tx,
    sql`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as checked_ms,
      (select coalesce(sum(total_recipients), 0)::int from campaigns where ${scope === null ? sql`true` : sql`id = ${scope}`}) as recipients,
      (select count(*)::int from messages where ${ofScope}) as messages,
      (select count(*)::int from message_attempts where ${ofMessages}) as attempts,
      (select count(*)::int from message_events where ${ofMessages}) as events,
      (select count(*)::int from interactions where ${ofScope} and interaction_type = 'reply') as answers,
      (select coalesce(jsonb_object_agg(status, of_status), '{}') from (
        select status, count(*)::int as of_status from messages
        where ${ofScope} and message_type = 'message_1' and status is not null group by status) s) as states`,
  );
  if (!counted) throw new Error("the ledger could not be counted");
  const { checked_ms: checkedMs, states, ...counts } = counted;
  return {
    ...counts,
    checkedAt: new Date(checkedMs),
    states: Object.fromEntries(
      messageStatuses.map((status) => [status, states[status] ?? 0]),
    ) as Proof["states"],
  };
}
