import { expect, test } from "vitest";
import { joined, outcomesOfPlaywright, outcomesOfVitest, proofsIn } from "#scripts/lib/proofs.ts";

/** Written so that this file proves nothing itself. */
const tag = (criterion: string) => `[EX-${criterion}]`;

test("a title with several criteria proves each of them, in any quotes and of a describe too", () => {
  const text = [
    `test("${tag("9.1")} ${tag("9.2")} the banner folds", async () => {`,
    `test.each(cases)('${tag("4.5")} "%s" is kept', () => {`,
    `describe(\`${tag("3.4")} a variable (\${how})\`, () => {`,
    `// ${tag("1.1")} in a comment`,
  ].join("\n");
  expect(proofsIn("a.test.ts", text)).toEqual([
    { criterion: "9.1", file: "a.test.ts", title: "the banner folds" },
    { criterion: "9.2", file: "a.test.ts", title: "the banner folds" },
    { criterion: "4.5", file: "a.test.ts", title: '"%s" is kept' },
    { criterion: "3.4", file: "a.test.ts", title: expect.stringContaining("a variable") },
  ]);
});

const vitest = (...tests: [fullName: string, status: string][]) => ({
  testResults: [
    {
      name: "a.test.ts",
      status: "passed",
      assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
    },
  ],
});

test("one failure outweighs every test that passed, and a test left out says nothing", () => {
  const outcomes = outcomesOfVitest(
    vitest(
      [`${tag("1.1")} a`, "passed"],
      [`${tag("1.2")} b`, "failed"],
      [`${tag("1.2")} c`, "passed"],
      [`group ${tag("1.3")} d`, "skipped"],
    ),
  );
  expect([...outcomes]).toEqual([
    ["1.1", "passed"],
    ["1.2", "failed"],
  ]);
});

test("Playwright's groups are part of a test's title, and both runs are joined", () => {
  const spec = { title: "the code is shown", file: "a.spec.ts", tests: [{ status: "expected" }] };
  const browser = outcomesOfPlaywright({
    title: "",
    suites: [{ title: "a.spec.ts", suites: [{ title: `${tag("9.2")} banner`, specs: [spec] }] }],
  });
  expect([...browser]).toEqual([["9.2", "passed"]]);
  expect(joined(browser, outcomesOfVitest(vitest([`${tag("9.2")} link`, "failed"]))).get("9.2")).toBe(
    "failed",
  );
});
