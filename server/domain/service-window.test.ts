import { expect, test } from "vitest";
import { isWindowOpen, windowEnd } from "#server/domain/service-window.ts";

const now = new Date("2026-11-23T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

test.each([
  [null, false],
  [hoursAgo(0), true],
  [hoursAgo(23.99), true],
  [hoursAgo(24), false],
  [hoursAgo(100), false],
])("after a last message at %s the window is open: %s", (last, open) => {
  expect(isWindowOpen(last, now, 24)).toBe(open);
});

test("[EX-9.5] it closes as many hours after the last message as WhatsApp gives", () => {
  expect(windowEnd(hoursAgo(3), 24)).toEqual(hoursAgo(-21));
  expect(windowEnd(null, 24)).toBeNull();
});
