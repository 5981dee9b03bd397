import { expect, test } from "vitest";
import { pageOf, positiveInteger } from "#app/lib/search-params.ts";

test("an address without a page, or with a nonsensical one, means the first", () => {
  for (const query of ["", "?page=", "?page=0", "?page=-2", "?page=1e3", "?page=deux", "?page=9999999999"]) {
    expect(pageOf(new URL(`http://relance.test/contacts${query}`))).toBe(1);
  }
  expect(pageOf(new URL("http://relance.test/contacts?page=12"))).toBe(12);
});

test("only whole positive numbers written in digits count as one", () => {
  expect(positiveInteger("42")).toBe(42);
  for (const text of [null, undefined, "", " 4", "4.5", "+4", "0x10", "٤"])
    expect(positiveInteger(text)).toBeNull();
});
