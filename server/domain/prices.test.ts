import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateCost, priceTable } from "#server/domain/prices.ts";

test("a French number costs Twilio's fee and Meta's rate for France, utility at least, marketing at most", () => {
  const cost = estimateCost(new Map([["+33", 1000]]));
  expect(cost.lowUsd).toBeCloseTo(22.1, 6);
  expect(cost.highUsd).toBeCloseTo(64.2, 6);
  expect(cost).toMatchObject({ priceDate: priceTable.date, unknownCountry: 0 });
});

test("a country without a rate gets the widest range, and is counted", () => {
  const cost = estimateCost(
    new Map([
      ["+49", 10],
      ["+1", 1],
    ]),
  );
  expect(cost.unknownCountry).toBe(10);
  expect(cost.lowUsd).toBeCloseTo(10 * 0.0058 + 0.0084, 6);
  expect(cost.highUsd).toBeCloseTo(10 * 0.1647 + 0.03, 6);
});

test("nobody costs nothing, and a range never runs backwards", () => {
  expect(estimateCost(new Map())).toMatchObject({ lowUsd: 0, highUsd: 0 });
  const dialCodes = fc.constantFrom("+33", "+1", "+213", "+49", "");
  fc.assert(
    fc.property(fc.array(fc.tuple(dialCodes, fc.nat(100_000))), (counts) => {
      const { lowUsd, highUsd } = estimateCost(new Map(counts));
      expect(lowUsd).toBeLessThanOrEqual(highUsd);
    }),
  );
});
