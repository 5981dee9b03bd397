import { expect, test } from "vitest";
import { progressOf, progressOfCounters, type StatusCounts } from "#app/lib/campaign-progress.ts";

const nothing: StatusCounts = {
  pending: 0,
  sending: 0,
  uncertain: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
};

test("what is uncertain is neither settled nor waiting for a slot", () => {
  const { total, settled, waiting } = progressOf({
    ...nothing,
    pending: 3,
    sending: 1,
    uncertain: 2,
    read: 4,
  });
  expect({ total, settled, waiting }).toEqual({ total: 10, settled: 4, waiting: 4 });
});

test("the parts add up to the whole, and empty ones are left out", () => {
  const { total, segments } = progressOf({
    ...nothing,
    sent: 1,
    delivered: 2,
    read: 3,
    failed: 1,
    skipped: 1,
  });
  expect(segments.map(({ kind }) => kind)).toEqual(["read", "delivered", "sent", "failed", "skipped"]);
  expect(segments.reduce((sum, { count }) => sum + count, 0)).toBe(total);
});

const counters = {
  totalRecipients: 10,
  sentCount: 4,
  deliveredCount: 3,
  readCount: 2,
  failedCount: 1,
  skippedCount: 2,
  cancelledCount: 0,
};

test("the counters of a list overlap, the parts of its bar do not", () => {
  const { settled, waiting, segments } = progressOfCounters(counters);
  expect([settled, waiting]).toEqual([7, 3]);
  expect(segments).toEqual([
    { kind: "read", count: 2 },
    { kind: "delivered", count: 1 },
    { kind: "sent", count: 1 },
    { kind: "failed", count: 1 },
    { kind: "skipped", count: 2 },
    { kind: "waiting", count: 3 },
  ]);
});

test("nothing waits in a list once everything is sent, left out or cancelled", () => {
  const { settled, waiting, segments } = progressOfCounters({ ...counters, cancelledCount: 3 });
  expect([settled, waiting]).toEqual([10, 0]);
  expect(segments.at(-1)).toEqual({ kind: "cancelled", count: 3 });
});
