import { expect, test } from "vitest";
import { sum, tallyOfPlaywright, tallyOfVitest } from "#scripts/lib/tally.ts";

test("vitest's report is added up, and a file that could not be loaded is a failure", () => {
  const report = {
    testResults: [
      {
        name: "/project/server/a.test.ts",
        status: "failed",
        assertionResults: [
          { fullName: "adds", status: "passed" },
          { fullName: "subtracts", status: "failed" },
          { fullName: "divides", status: "pending" },
        ],
      },
      { name: "/project/server/b.test.ts", status: "failed", assertionResults: [] },
    ],
  };
  expect(tallyOfVitest(report, "/project")).toEqual({
    passed: 1,
    skipped: 1,
    failures: ["server/a.test.ts: subtracts", "server/b.test.ts: the file itself failed"],
  });
});

test("Playwright's report is added up through its suites, and a flaky test is a failure", () => {
  const spec = (title: string, status: string) => ({ title, file: "sign-in.spec.ts", tests: [{ status }] });
  const report = {
    suites: [
      {
        specs: [spec("signs in", "expected"), spec("signs out", "flaky")],
        suites: [{ specs: [spec("locks out", "unexpected"), spec("later", "skipped")] }],
      },
    ],
    errors: [{ message: "no browser" }],
  };
  expect(tallyOfPlaywright(report)).toEqual({
    passed: 1,
    skipped: 1,
    failures: [
      "e2e/sign-in.spec.ts: signs out",
      "e2e/sign-in.spec.ts: locks out",
      "Playwright: an error outside of any test",
    ],
  });
});

test("nothing adds up to nothing", () => {
  expect(sum([])).toEqual({ passed: 0, skipped: 0, failures: [] });
});
