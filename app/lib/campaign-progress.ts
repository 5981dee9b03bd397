// A campaign's progress from its counts: how far it is, in which parts, and when it will end.
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

type Counters = {
  totalRecipients: number;
  sentCount: number;
  deliveredCount: number;
  readCount: number;
  failedCount: number;
  skippedCount: number;
  cancelledCount: number;
};

/** From the counters alone, which a list has: the rest of the recipients waits, uncertain ones among it. */
export function progressOfCounters(counters: Counters): Progress {
  const { totalRecipients: total, sentCount, deliveredCount, readCount } = counters;
  const { failedCount, skippedCount, cancelledCount } = counters;
  const waiting = Math.max(0, total - sentCount - failedCount - skippedCount - cancelledCount);
  const segments: Progress["segments"] = [
    { kind: "read", count: readCount },
    { kind: "delivered", count: deliveredCount - readCount },
    { kind: "sent", count: sentCount - deliveredCount },
    { kind: "failed", count: failedCount },
    { kind: "skipped", count: skippedCount },
    { kind: "cancelled", count: cancelledCount },
    { kind: "waiting", count: waiting },
  ];
  return { total, settled: total - waiting, waiting, segments: segments.filter(({ count }) => count > 0) };
}

/** How long the rest takes at the sender's interval, in milliseconds. Others' campaigns and retries come on top. */
export function remainingMs(waiting: number, intervalMs: number): number {
  return waiting * intervalMs;
}
