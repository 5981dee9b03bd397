import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { simulatorClient } from "./client.ts";
import { accountSid } from "./test-support.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, SIMULATOR_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

test("the process says where it listens, takes its settings from the environment and ends cleanly", async () => {
  const child = start({
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_SANDBOX_NUMBER: "+15005550006",
    TWILIO_SANDBOX_JOIN_CODE: "two-words",
    SIMULATOR_INBOUND_WEBHOOK_URL: "http://127.0.0.1:9/inbound",
    SIMULATOR_MIN_INTERVAL_MS: "12.5",
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const url = /^Twilio simulator listening on (http:\S+)$/.exec(line)?.[1];
  expect(await simulatorClient(url ?? "").settings()).toMatchObject({
    accountSid,
    sandboxNumber: "+15005550006",
    joinCode: "two-words",
    inboundWebhookUrl: "http://127.0.0.1:9/inbound",
    minIntervalMs: 12.5,
  });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a setting that makes no sense is named, and the process ends with 1", async () => {
  const child = start({ TWILIO_SANDBOX_NUMBER: "0612345678" });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  expect(await once(child, "close")).toEqual([1, null]);
  expect(said).toContain("sandboxNumber");
});
