// `npm run exigences` as a process. What it makes of the results of a run: lib/proofs.test.ts.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("every criterion of the requirements has a test, and the command counts them", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "exigences", "--titles"],
    { encoding: "utf8", env: { ...process.env, RELANCE_SUPERVISED: "yes" } },
  );
  expect(stderr).toBe("");
  expect(stdout).toContain("\n65 of 65 critères ont un test");
  expect(stdout).not.toContain("✗");
  expect(status).toBe(0);
});
