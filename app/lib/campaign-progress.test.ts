import { expect, test } from "vitest";
import { progressOf, progressOfCounters, type StatusCounts } from "#app/lib/campaign-progress.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";

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

test("the counters of a list overlap, the parts of its bar do not", () => {
  const { settled, segments } = progressOfCounters({
    status: "sending",
    totalRecipients: 10,
    sentCount: 6,
    deliveredCount: 5,
    readCount: 2,
    failedCount: 1,
  });
  expect(settled).toBe(7);
  expect(segments).toEqual([
    { kind: "read", count: 2 },
    { kind: "delivered", count: 3 },
    { kind: "sent", count: 1 },
    { kind: "failed", count: 1 },
    { kind: "waiting", count: 3 },
  ]);
});

test("nothing waits in a list once the campaign is over", () => {
  const counters = { totalRecipients: 4, sentCount: 2, deliveredCount: 2, readCount: 2, failedCount: 1 };
  const last = (status: CampaignStatus) => {
    const { settled, waiting, segments } = progressOfCounters({ status, ...counters });
    return { settled, waiting, last: segments.at(-1) };
  };
  expect(last("completed")).toEqual({ settled: 4, waiting: 0, last: { kind: "skipped", count: 1 } });
  expect(last("cancelled")).toEqual({ settled: 4, waiting: 0, last: { kind: "cancelled", count: 1 } });
  expect(last("paused")).toEqual({ settled: 3, waiting: 1, last: { kind: "waiting", count: 1 } });
});
