import fc from "fast-check";
import { expect, test } from "vitest";
import { readChoices, sameChoices, writeChoices } from "#app/lib/launch-choices.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";

const options = fc.record({
  includeLeft: fc.boolean(),
  excludeExpired: fc.boolean(),
  excludeUnknown: fc.boolean(),
  excludeBusy: fc.boolean(),
  excludeReached: fc.boolean(),
});

test("choices come out of an address and out of a form as they went in", () => {
  fc.assert(
    fc.property(options, (chosen) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(writeChoices(chosen))) form.set(name, value);
      expect(readChoices(form)).toEqual(chosen);
      expect(readChoices(new URLSearchParams(writeChoices(chosen)))).toEqual(chosen);
    }),
  );
});

test("an address without choices is told from one in which nothing is chosen", () => {
  expect(readChoices(new URLSearchParams("page=2"))).toBeNull();
  expect(readChoices(new URLSearchParams("choix=1"))).toEqual(defaultLaunchOptions);
});

test("two choices differ when one of them differs", () => {
  expect(sameChoices(defaultLaunchOptions, { ...defaultLaunchOptions })).toBe(true);
  expect(sameChoices(defaultLaunchOptions, { ...defaultLaunchOptions, excludeBusy: true })).toBe(false);
});
