// What the reports of vitest and Playwright add up to.

export type Tally = {
  passed: number;
  skipped: number;
  /** one line for each test that failed */
  failures: readonly string[];
};

export type VitestReport = {
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { fullName: string; status: string }[];
  }[];
};

export type PlaywrightSuite = {
  title?: string;
  suites?: readonly PlaywrightSuite[];
  specs?: readonly { title: string; file: string; tests: readonly { status: string }[] }[];
};
export type PlaywrightReport = PlaywrightSuite & { errors?: readonly unknown[] };

/** Adds up vitest's JSON report; a file that could not be loaded counts as one failure. `root` is cut off the paths. */
export function tallyOfVitest(report: VitestReport, root: string): Tally {
  const tallies = report.testResults.map(({ name, status, assertionResults }) => {
    const file = name.replace(`${root}/`, "");
    const tally = count(
      assertionResults.map((test) => ({ line: `${file}: ${test.fullName}`, status: test.status })),
    );
    const brokenFile = status === "failed" && tally.failures.length === 0;
    return brokenFile ? { ...tally, failures: [`${file}: the file itself failed`] } : tally;
  });
  return sum(tallies);
}

/** Adds up Playwright's JSON report; an error outside of any test counts as one failure. */
export function tallyOfPlaywright(report: PlaywrightReport): Tally {
  const outside = report.errors?.length ? ["Playwright: an error outside of any test"] : [];
  return sum([ofSuite(report), { passed: 0, skipped: 0, failures: outside }]);
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

function ofSuite({ suites = [], specs = [] }: PlaywrightSuite): Tally {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ status }) => ({ line: `e2e/${file}: ${title}`, status })),
  );
  return sum([count(own), ...suites.map(ofSuite)]);
}

/** A state that neither tool knows today counts as a failure. */
function count(tests: readonly { line: string; status: string }[]): Tally {
  const isPassed = (status: string) => status === "passed" || status === "expected";
  const isSkipped = (status: string) => ["pending", "skipped", "todo", "disabled"].includes(status);
  return {
    passed: tests.filter(({ status }) => isPassed(status)).length,
    skipped: tests.filter(({ status }) => isSkipped(status)).length,
    failures: tests.filter(({ status }) => !isPassed(status) && !isSkipped(status)).map(({ line }) => line),
  };
}
