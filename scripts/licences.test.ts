import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAccepted, type LockFile, productionLicences } from "#scripts/lib/licences.ts";

test("every package of a production installation has a licence that is accepted", () => {
  const packages = productionLicences(JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile);
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(({ licence }) => !isAccepted(licence))).toEqual([]);
});

test.each(["MIT", "(Apache-2.0 AND MIT)", "(GPL-3.0 OR MIT)", "MIT AND ISC AND BSD-3-Clause"])(
  "%s is accepted",
  (licence) => {
    expect(isAccepted(licence)).toBe(true);
  },
);

test.each(["", "GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-3.0", "UNLICENSED", "SEE LICENSE IN LICENSE"])(
  "%j is not accepted",
  (licence) => {
    expect(isAccepted(licence)).toBe(false);
  },
);

test("what only development needs is not looked at, and a nested package has its own name", () => {
  const packages = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0", license: "MIT" },
    "node_modules/a/node_modules/@s/b": { version: "2.0.0", license: "GPL-3.0" },
    "node_modules/tool": { version: "3.0.0", license: "GPL-3.0", dev: true },
  };
  expect(productionLicences({ packages })).toEqual([
    { name: "@s/b", version: "2.0.0", licence: "GPL-3.0" },
    { name: "a", version: "1.0.0", licence: "MIT" },
  ]);
});

test("the command lists them by licence and ends with 0", () => {
  const { status, stdout } = spawnSync(process.execPath, ["scripts/run.mjs", "licences"], {
    encoding: "utf8",
  });
  expect(stdout).toMatch(/\nMIT \(\d+\)\n/);
  expect(stdout).toContain(" paquets en production, 0 sans licence connue.");
  expect(status).toBe(0);
});
