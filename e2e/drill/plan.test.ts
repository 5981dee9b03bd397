import { expect, test } from "vitest";
import { faultNames, planBlows, planFaults } from "#e2e/drill/plan.ts";

const numbers = Array.from({ length: 60 }, (_, index) => `+336399${String(index).padStart(5, "0")}`);

test("a seed plans the same faults and blows every time, another seed others", () => {
  const counts = { kills: 5, restarts: 2, refusals: 1 };
  expect(planFaults(7, numbers)).toEqual(planFaults(7, numbers));
  expect(planFaults(7, numbers)).not.toEqual(planFaults(8, numbers));
  expect(planBlows(7, 60, counts)).toEqual(planBlows(7, 60, counts));
  expect(planBlows(7, 60, counts)).not.toEqual(planBlows(8, 60, counts));
});

test("every kind of fault is planned, whatever the seed", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const planned = new Set(planFaults(seed, numbers).map(({ name }) => name));
    expect([...planned].sort()).toEqual([...faultNames].sort());
  }
});

test("a recipient meets at most one fault of the answer and one of the callbacks", () => {
  const planned = planFaults(3, numbers);
  const ofCallbacks = planned.filter(({ name }) => name.startsWith("callbacks"));
  const ofAnswers = planned.filter(({ name }) => !name.startsWith("callbacks"));
  for (const faults of [ofCallbacks, ofAnswers]) {
    expect(new Set(faults.map(({ input }) => input.to)).size).toBe(faults.length);
  }
});

test("blows come in the order of their moments, all within the campaign", () => {
  const blows = planBlows(11, 200, { kills: 20, restarts: 3, refusals: 2 });
  expect(blows.map(({ kind }) => kind).sort()).toEqual(
    [...Array(20).fill("kill"), ...Array(2).fill("refuse"), ...Array(3).fill("restart")].sort(),
  );
  expect(blows.map(({ at }) => at)).toEqual(blows.map(({ at }) => at).sort((a, b) => a - b));
  expect(Math.max(...blows.map(({ at }) => at))).toBeLessThan(200);
});
