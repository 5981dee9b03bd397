import { expect, test } from "vitest";
import { dayOf, pageOf, positiveInteger } from "#app/lib/search-params.ts";

test("an address without a page, or with a nonsensical one, means the first", () => {
  for (const query of [
    "",
    "?page=",
    "?page=0",
    "?page=-2",
    "?page=1e3",
    "?page=deux",
    "?page=2000000",
    "?page=9999999999",
  ]) {
    expect(pageOf(new URL(`http://relance.test/contacts${query}`))).toBe(1);
  }
  expect(pageOf(new URL("http://relance.test/contacts?page=12"))).toBe(12);
});

test("only whole positive numbers written in digits count as one", () => {
  expect(positiveInteger("42")).toBe(42);
  for (const text of [null, undefined, "", " 4", "4.5", "+4", "0x10", "٤"])
    expect(positiveInteger(text)).toBeNull();
});

test("a day that does not exist is as if none were given", () => {
  expect(dayOf("2026-02-28")).toBe("2026-02-28");
  for (const text of [null, "", "2026-02-30", "0000-01-01", "2026-02", "demain"])
    expect(dayOf(text)).toBeNull();
});
