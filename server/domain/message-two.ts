// When an answer is followed by Message 2 (engine.md 9; criteria 4.4 and 4.5).
import type { MessageStatus } from "#server/domain/message-status.ts";
import type { Keyword } from "#server/domain/opt-out.ts";

/** Message 1 that reached Twilio's door, and so may be what the contact answers. */
const claimedStatuses: readonly MessageStatus[] = ["sending", "uncertain", "sent", "delivered", "read"];

export type MessageTwoQuestion = {
  keyword: Keyword | null;
  optedOut: boolean;
  flagged: boolean;
  /** the newest claimed Message 1 of the contact, or the one the answer quotes; null when there is none */
  messageOne: { status: MessageStatus; claimedAt: Date; messageTwo: string | null } | null;
  /** of the campaign of `messageOne`: nothing is sent under it any more */
  campaignCancelled: boolean;
  now: Date;
  maxAgeDays: number;
  windowOpen: boolean;
  /** Message 2 made for this contact in the last minute and the last 24 hours */
  lastMinute: number;
  lastDay: number;
  limits: MessageTwoLimits;
};

/** At most this many automatic answers per contact, or two automatic answerers would talk for ever. */
export type MessageTwoLimits = { perMinute: number; perDay: number };
export const defaultMessageTwoLimits: MessageTwoLimits = { perMinute: 1, perDay: 10 };

export type MessageTwoRefusal =
  | "keyword"
  | "opted_out"
  | "flagged"
  | "no_message_one"
  | "campaign_cancelled"
  | "too_old"
  | "no_message_two"
  | "window_closed"
  | "too_frequent"
  | "daily_limit";

/** Null when Message 2 is to be sent, else why not; a refusal is recorded and shown. */
export function messageTwoRefusal(question: MessageTwoQuestion): MessageTwoRefusal | null {
  const { messageOne } = question;
  if (question.keyword === "stop" || question.keyword === "join") return "keyword";
  if (question.optedOut) return "opted_out";
  if (question.flagged) return "flagged";
  if (!messageOne || !claimedStatuses.includes(messageOne.status)) return "no_message_one";
  if (question.campaignCancelled) return "campaign_cancelled";
  const ageMs = question.now.getTime() - messageOne.claimedAt.getTime();
  if (ageMs > question.maxAgeDays * 86_400_000) return "too_old";
  if (!messageOne.messageTwo?.trim()) return "no_message_two";
  if (!question.windowOpen) return "window_closed";
  if (question.lastMinute >= question.limits.perMinute) return "too_frequent";
  if (question.lastDay >= question.limits.perDay) return "daily_limit";
  return null;
}
