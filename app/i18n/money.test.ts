import { expect, test } from "vitest";
import { usdRange } from "#app/i18n/money.ts";

test.each([
  [0, 0, "0\u00a0$US"],
  [0.001, 0.002, "moins de 0,01\u00a0$US"],
  [0.0221, 0.0642, "de 0,02 à 0,06\u00a0$US"],
  [0.25, 0.2501, "0,25\u00a0$US"],
  [33.1, 99.99, "de 33,10 à 99,99\u00a0$US"],
  [107.07, 311.05, "de 107 à 311\u00a0$US"],
  [2210, 6420.6, "de 2\u202f210 à 6\u202f421\u00a0$US"],
])("a cost from %d to %d is written %s", (low, high, words) => {
  expect(usdRange(low, high)).toBe(words);
});
