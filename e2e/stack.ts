// The whole application for the browser tests: built pages, real worker, a database of its own, the simulated Twilio.
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { connect } from "#db/client.ts";
import { seedDemo } from "#db/seed/demo.ts";
import { ensureTemplate } from "#db/testing/template-database.ts";
import { databaseOf, openTestServer, withDatabase } from "#db/testing/test-server.ts";
import { startLocalStack } from "#scripts/lib/local-stack.ts";

export type Stack = { webUrl: string; simulatorUrl: string; databaseUrl: string; stop: () => Promise<void> };

/** With it the tests open sessions by themselves. */
export const sessionSecret = "the-browser-tests-need-no-real-secret";
/** Nothing here uses them; a test looks whether they leave the processes. */
export const otherSecrets = {
  TWILIO_AUTH_TOKEN_PREVIOUS: "the-token-before-the-browser-tests",
  METRICS_TOKEN: "who-reads-the-metrics-of-the-browser-tests",
  ERASURE_KEY: "the-browser-tests-recognise-erased-numbers-by-it",
};
/** What the processes wrote, for the person who looks into a failure. */
export const journal = ".data/e2e.log";
/** Short, so that a campaign of a few contacts takes a second; real for the pictures. */
const intervalMs = process.env.E2E_SEND_INTERVAL_MS ?? "300";
/** What the simulator refuses; requests of a busy machine arrive closer together than their slots. */
const refusedBelowMs = "20";

/** Starts everything on a clone of the migrated template with the demo story in it. */
export async function startStack(): Promise<Stack> {
  mkdirSync(".data", { recursive: true });
  rmSync(journal, { force: true });
  const server = await openTestServer();
  try {
    const template = await ensureTemplate(server.serverUrl, server.sql);
    const name = databaseOf(server.run, "e2e");
    await server.sql.unsafe(`create database "${name}" template "${template}"`);
    const databaseUrl = withDatabase(server.serverUrl, name);
    await seed(databaseUrl);
    const { webUrl, simulatorUrl, stop } = await startLocalStack({
      databaseUrl,
      sessionSecret,
      ports: { web: 0, simulator: 0 },
      onLine: (line, process) => appendFileSync(journal, `${process.padEnd(9)} | ${line}\n`),
      env: {
        ...otherSecrets,
        SEND_INTERVAL_MS: intervalMs,
        SIMULATOR_MIN_INTERVAL_MS: refusedBelowMs,
        RETRY_DELAYS_SECONDS: "1,2,4",
      },
    });
    return {
      ...{ webUrl, simulatorUrl, databaseUrl },
      stop: async () => {
        await stop();
        await server.sql.unsafe(`drop database "${name}" with (force)`);
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function seed(databaseUrl: string): Promise<void> {
  const { db, close } = connect(databaseUrl, { max: 2 });
  try {
    await seedDemo(db);
  } finally {
    await close();
  }
}
