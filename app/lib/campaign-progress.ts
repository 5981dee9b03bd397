// A campaign's progress from its counts: how far it is, in which parts, and when it will end.
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";

export type StatusCounts = Record<MessageStatus, number>;

export type Segment =
  | "read"
  | "delivered"
  | "sent"
  | "failed"
  | "uncertain"
  | "skipped"
  | "cancelled"
  | "waiting";

export type Progress = {
  total: number;
  /** nothing more happens to these by itself */
  settled: number;
  /** what still has to take a slot of the sender */
  waiting: number;
  /** in the order of the bar; empty ones left out */
  segments: { kind: Segment; count: number }[];
};

/** From the statuses of the campaign's Message 1. */
export function progressOf(counts: StatusCounts): Progress {
  const waiting = counts.pending + counts.sending;
  const all: Record<Segment, number> = {
    read: counts.read,
    delivered: counts.delivered,
    sent: counts.sent,
    failed: counts.failed,
    uncertain: counts.uncertain,
    skipped: counts.skipped,
    cancelled: counts.cancelled,
    waiting,
  };
  const segments = (Object.keys(all) as Segment[]).map((kind) => ({ kind, count: all[kind] }));
  const total = segments.reduce((sum, { count }) => sum + count, 0);
  return {
    total,
    settled: total - waiting - counts.uncertain,
    waiting,
    segments: segments.filter(({ count }) => count > 0),
  };
}

type Totals = {
  status: CampaignStatus;
  totalRecipients: number;
  sentCount: number;
  deliveredCount: number;
  readCount: number;
  failedCount: number;
};

/**
 * From the counters alone, which a list has: what is neither sent nor failed still waits while the campaign runs; once it
 * is over it was skipped, or cancelled with it.
 */
export function progressOfCounters(totals: Totals): Progress {
  const { status, totalRecipients: total, sentCount, deliveredCount, readCount, failedCount } = totals;
  const rest = total - sentCount - failedCount;
  const kindOfRest = status === "completed" ? "skipped" : status === "cancelled" ? "cancelled" : "waiting";
  const waiting = kindOfRest === "waiting" ? rest : 0;
  const segments: Progress["segments"] = [
    { kind: "read", count: readCount },
    { kind: "delivered", count: deliveredCount - readCount },
    { kind: "sent", count: sentCount - deliveredCount },
    { kind: "failed", count: failedCount },
    { kind: kindOfRest, count: rest },
  ];
  return { total, settled: total - waiting, waiting, segments: segments.filter(({ count }) => count > 0) };
}

/** How long the rest takes at the sender's interval, in milliseconds. Others' campaigns and retries come on top. */
export function remainingMs(waiting: number, intervalMs: number): number {
  return waiting * intervalMs;
}
