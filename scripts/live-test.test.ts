// The one test that asks the real Twilio says when it did not.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("[EX-12.1] without TWILIO_LIVE_TEST the test of the real account says that it was skipped, and why", () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", "unit", "--reporter=verbose", "twilio-live"],
    { encoding: "utf8", env: { ...process.env, TWILIO_LIVE_TEST: "", NO_COLOR: "1", VITEST: "" } },
  );
  expect(stdout).toMatch(/accepted by the real Twilio .*\[asks the real Twilio when TWILIO_LIVE_TEST=1\]/);
  expect(stdout).toMatch(/Tests +1 skipped/);
  expect(status).toBe(0);
});
