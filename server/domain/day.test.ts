import fc from "fast-check";
import { expect, test } from "vitest";
import { isDay } from "#server/domain/day.ts";

test("every day there is, is one", () => {
  const days = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(days, (day) => isDay(day.toISOString().slice(0, 10))));
  expect(isDay("2024-02-29")).toBe(true);
});

test.each([
  "2026-02-29",
  "2026-02-30",
  "2026-04-31",
  "2026-13-01",
  "2026-00-10",
  "2026-01-00",
  "2026-01-32",
  "0000-01-01",
  "26-01-01",
  "2026-1-1",
  "+002026-01-01",
  " 2026-01-01",
  "2026-01-01T00:00",
  "hier",
  "",
])("%j is none", (text) => {
  expect(isDay(text)).toBe(false);
});
