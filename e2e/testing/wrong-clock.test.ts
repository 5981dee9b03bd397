import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const preload = fileURLToPath(new URL("./wrong-clock.ts", import.meta.url));

/** What a process with a wrong clock takes for the time, in hours from the right one. */
function hoursOff(clock: string): number[] {
  const code = "console.log(JSON.stringify([Date.now(), new Date().getTime(), Date.parse(Date())]))";
  const { stdout } = spawnSync(process.execPath, ["--import=tsx", `--import=${preload}`, "-e", code], {
    env: { ...process.env, TEST_CLOCK: clock },
    encoding: "utf8",
  });
  return (JSON.parse(stdout) as number[]).map((time) => Math.round((time - Date.now()) / 3_600_000));
}

test("the clock of a process is as wrong as a test wants it", () => {
  expect(hoursOff("+3600000")).toEqual([1, 1, 1]);
  expect(hoursOff("-3600000")).toEqual([-1, -1, -1]);
  for (const hours of hoursOff("jumps")) expect(Math.abs(hours)).toBe(1);
});
