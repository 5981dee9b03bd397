import { expect, test } from "vitest";
import { readTimeCursor, writeTimeCursor } from "#server/lists/time-cursor.ts";

test("what is written is read again, to the microsecond", () => {
  const cursor = { id: 42, at: "2026-11-23 15:04:05.123456+00" };
  expect(readTimeCursor(writeTimeCursor(cursor))).toEqual(cursor);
});

test.each(["", null, "42", "42_", "0_2026-11-23 15:04:05+00", "42_2026-13-45 15:04:05+00", "42_-infinity"])(
  "%j is no cursor",
  (text) => {
    expect(readTimeCursor(text)).toBeNull();
  },
);
