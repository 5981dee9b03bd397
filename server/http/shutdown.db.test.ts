// What Twilio was told is stored is stored, however the process ends.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { testAccountSid, testVariables } from "#server/testing/factories.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";

const { db, url: databaseUrl } = await testDatabase();
const entry = fileURLToPath(new URL("../../e2e/testing/web-process.ts", import.meta.url));
const publicUrl = "https://relance.example.org";
const path = "/api/webhooks/twilio";

async function startWebProcess() {
  const child = spawn(process.execPath, ["--import=tsx", entry], {
    env: { ...process.env, ...testVariables, DATABASE_URL: databaseUrl, TWILIO_WEBHOOK_BASE_URL: publicUrl },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const [url] = (await Promise.race([once(child, "message"), ended.then(() => [null])])) as [string | null];
  if (url === null) throw new Error("the web server ended at its start");
  return { child, url, ended };
}

let count = 0;

/** Twilio calling over so many connections until the server is gone; the SIDs it was told are stored. */
async function callUntilGone(url: string, connections: number, onAnswer: (acknowledged: number) => void) {
  const acknowledged: string[] = [];
  const other: number[] = [];
  const connection = async () => {
    for (;;) {
      count += 1;
      const sid = `SM${String(count).padStart(32, "0")}`;
      const fields = {
        AccountSid: testAccountSid,
        MessageSid: sid,
        From: "whatsapp:+33639980009",
        Body: "Oui",
      };
      const hit = signWebhook(testVariables.TWILIO_AUTH_TOKEN, publicUrl + path, fields);
      const response = await fetch(url + path, { method: "POST", ...hit }).catch(() => null);
      if (!response) return;
      if (response.status === 200) acknowledged.push(sid);
      else other.push(response.status);
      onAnswer(acknowledged.length);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return { acknowledged, other };
}

const storedSids = async () =>
  new Set(
    (await queryRows<{ sid: string }>(db, sql`select message_sid as sid from webhook_events`)).map(
      ({ sid }) => sid,
    ),
  );

for (const { signal, code } of [
  { signal: "SIGTERM", code: 0 },
  { signal: "SIGKILL", code: null },
] as const) {
  test(`a server ended by ${signal} under load loses no webhook it has acknowledged`, async () => {
    const { child, url, ended } = await startWebProcess();
    let sent = false;
    const { acknowledged, other } = await callUntilGone(url, 20, (so) => {
      if (so < 100 || sent) return;
      sent = true;
      child.kill(signal);
    });
    expect(await ended).toBe(code);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    expect(other).toEqual([]);
    const stored = await storedSids();
    expect(acknowledged.filter((sid) => !stored.has(sid))).toEqual([]);
  });
}
