// What a browser complains about while a test runs: errors of the console and of scripts, requests that failed.
import type { BrowserContext } from "@playwright/test";

export type BrowserProblems = {
  /** the next complaints that match are part of the test */
  expect: (pattern: RegExp) => void;
  /** throws with everything that was not expected */
  failIfAny: () => void;
};

/** Watches every page of `context` from now on. */
export function watchBrowser(context: BrowserContext): BrowserProblems {
  const found: string[] = [];
  const expected: RegExp[] = [];
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    // Remix says so when a click comes while a page still reads something: the reading is broken off and made anew.
    if (message.text().startsWith("AbortError: signal is aborted without reason")) return;
    found.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => found.push(`script: ${error.error().stack ?? error.error().message}`));
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A page that is left aborts its event stream and what it was still reading.
    if (reason !== "net::ERR_ABORTED") found.push(`request: ${request.method()} ${request.url()} ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) found.push(`answer: ${response.status()} ${response.url()}`);
  });
  return {
    expect: (pattern) => void expected.push(pattern),
    failIfAny: () => {
      const unexpected = found.filter((problem) => !expected.some((pattern) => pattern.test(problem)));
      if (unexpected.length > 0) throw new Error(`the browser complained:\n${unexpected.join("\n")}`);
    },
  };
}
