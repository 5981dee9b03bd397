import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

export type ClaimedMessage = {
  verdict: "claimed";
  messageId: number;
  attemptId: string;
  toAddress: string;
  fromAddress: string;
  content: string;
  contentSid: string | null;
  contentVariables: Record<string, string> | null;
  /** of the request that enqueued it; null where nobody asked */
  requestId: string | null;
  /** milliseconds by which the slot has been missed already, by the database's clock */
  lateMs: number;
};

/** `wait`: the next slot is `waitMs` away; `paused`: the sender; `idle`: nothing may be sent now. */
export type Claim =
  | ClaimedMessage
  | { verdict: "wait"; waitMs: number }
  | { verdict: "paused" }
  | { verdict: "idle" };

type ClaimRow = {
  verdict: Claim["verdict"];
  wait_ms: number | null;
  attempt_id: string;
  message_id: number;
  to_address: string;
  from_address: string;
  content: string;
  content_sid: string | null;
  content_variables: Record<string, string> | null;
  request_id: string | null;
  late_ms: number;
};

export type ClaimQuestion = { senderId: number; workerId: string; windowHours: number };

/**
 * Takes the sender's next slot and the message to go in it, both or neither, in one transaction (engine.md 5 and 6).
 * The message is `sending` afterwards and belongs to the attempt; the caller sends it within 5 s or gives it back.
 */
export async function claimMessage(db: Executor, question: ClaimQuestion): Promise<Claim> {
  const [row] = await queryRows<ClaimRow>(
    db,
    sql`
    select c.*, (select request_id from messages where id = c.message_id) as request_id,
      (extract(epoch from clock_timestamp() - c.slot_at) * 1000)::float8 as late_ms
    from relance.claim_message(${question.senderId}::int, ${question.workerId}::uuid, ${question.windowHours}::float8) c`,
  );
  if (!row) throw new Error("relance.claim_message returned no row");
  if (row.verdict === "wait") return { verdict: "wait", waitMs: row.wait_ms ?? 0 };
  if (row.verdict !== "claimed") return { verdict: row.verdict };
  return {
    verdict: "claimed",
    messageId: row.message_id,
    attemptId: row.attempt_id,
    toAddress: row.to_address,
    fromAddress: row.from_address,
    content: row.content,
    contentSid: row.content_sid,
    contentVariables: row.content_variables,
    requestId: row.request_id,
    lateMs: row.late_ms,
  };
}
