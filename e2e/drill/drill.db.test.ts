import { expect, test } from "vitest";
import { runDrill } from "#e2e/drill/drill.ts";
import { startTestWeb } from "#server/testing/web.ts";

test("[EX-6.1] killed workers, a restarted database and every fault of Twilio: one Message 1 each, nothing lost", async () => {
  const result = await runDrill({
    seed: 20261123,
    kills: 4,
    restarts: 1,
    refusals: 1,
    recipients: 60,
    workers: 2,
    intervalMs: 40,
    stuckAfterMs: 150_000,
    startWeb: ({ DATABASE_URL: databaseUrl = "", ...env }) => startTestWeb(databaseUrl, { env }),
    logFile: ".data/drill-test.log",
  });
  expect(result.problems).toEqual([]);
  expect(result).toMatchObject({ messagesAtTwilio: 60, duplicates: 0, lost: 0 });
  const never = Object.entries(result.injected).filter(([, count]) => count === 0);
  expect(never).toEqual([]);
}, 400_000);
