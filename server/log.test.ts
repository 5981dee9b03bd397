import { expect, test } from "vitest";
import { createLog } from "#server/log.ts";

function logInto(lines: string[], production: boolean) {
  return createLog({ process: "web", production, write: (line) => lines.push(line) });
}

test("production writes one JSON object a line", () => {
  const lines: string[] = [];
  logInto(lines, true).info({ campaignId: 12 }, "launched");
  expect(JSON.parse(lines.join(""))).toMatchObject({
    level: "info",
    process: "web",
    campaignId: 12,
    msg: "launched",
  });
});

test("elsewhere a line is readable, and an error shows its stack", () => {
  const lines: string[] = [];
  logInto(lines, false).warn({ attempt: 2, reason: "too many requests" }, "sending is slowed down");
  logInto(lines, false).error(new Error("boom"));
  expect(lines[0]).toMatch(
    /^\d\d:\d\d:\d\d warn {2}web sending is slowed down attempt=2 reason="too many requests"\n$/,
  );
  expect(lines[1]).toMatch(/error web boom\n {4}Error: boom\n {8}at /);
});

test.each([true, false])("secrets are cut out wherever they sit (production: %s)", (production) => {
  const lines: string[] = [];
  const log = logInto(lines, production);
  const error = Object.assign(new Error("refused"), { config: { headers: { authorization: "hunter2" } } });
  log.info({
    password: "hunter2",
    env: { twilioAuthToken: "hunter2" },
    req: { headers: { cookie: "hunter2" } },
  });
  log.error({ err: error }, "twilio answered");
  log.child({ token: "hunter2" }).info("child");
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toContain("hunter2");
});
