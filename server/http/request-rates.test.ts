import fc from "fast-check";
import { expect, test } from "vitest";
import { createRate } from "#server/http/request-rates.ts";

test("as many requests as are allowed pass in a minute, the next one learns when it may", () => {
  const take = createRate(3);
  expect([take("a", 0), take("a", 1_000), take("a", 2_000), take("a", 2_500)]).toEqual([0, 0, 0, 58]);
  expect(take("a", 59_999)).toBe(1);
  expect(take("a", 60_000)).toBe(0);
});

test("nobody uses up what another may ask", () => {
  const take = createRate(1);
  expect([take("a", 0), take("b", 0), take("a", 1), take("b", 1)]).toEqual([0, 0, 60, 60]);
});

test("a flood of keys is forgotten, the oldest first", () => {
  const take = createRate(1, 3);
  for (const key of ["a", "b", "c", "d"]) expect(take(key, 0)).toBe(0);
  expect(take("d", 1)).toBeGreaterThan(0);
  expect(take("a", 1)).toBe(0);
});

test("in no minute that begins with a request do more pass than are allowed", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 8 }), (pauses, limit) => {
      const take = createRate(limit);
      let now = 0;
      let window = { since: 0, passed: 0 };
      for (const pause of pauses) {
        now += pause;
        if (window.passed === 0 || now - window.since >= 60_000) window = { since: now, passed: 0 };
        const wait = take("a", now);
        if (wait === 0) window.passed += 1;
        else expect(now + wait * 1000).toBeGreaterThanOrEqual(window.since + 60_000);
        expect(window.passed).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
