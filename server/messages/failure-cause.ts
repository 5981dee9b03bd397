// What messages of a campaign failed by, as its page lists it and as they are sent again.
import { eq, isNull, type SQL, sql } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";

export type FailureCause = {
  /** Twilio's */
  code: number | null;
  /** our own, or what was said where Twilio gave no code */
  reason: string | null;
};

/** What was said where neither Twilio nor we have a word for it; long texts are one as far as they are alike. */
export const saidInstead = sql<string | null>`nullif(left(${messages.errorMessage}, 200), '')`;

const failureReason = sql<string | null>`coalesce(${messages.reason},
  case when ${messages.errorCode} is null then ${saidInstead} end)`;

/** The same of a row `m`, as the indexes messages_failed_reasons and messages_reason_list have it, and what is in them. */
export const causeInIndex = sql`coalesce(m.reason,
  case when m.error_code is null then nullif(left(m.error_message, 200), '') end)`;
export const inCauseIndex = sql`m.status = 'failed' and (m.error_code is null or m.reason is not null)`;

/** Conditions on failed messages: those of this cause. */
export function causedBy({ code, reason }: FailureCause): SQL[] {
  return [
    code === null ? isNull(messages.errorCode) : eq(messages.errorCode, code),
    reason === null ? isNull(failureReason) : eq(failureReason, reason),
  ];
}
