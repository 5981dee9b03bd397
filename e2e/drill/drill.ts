// The crash drill: a campaign sent through everything that can go wrong, and the proof that nothing came of it.
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { eq, sql } from "drizzle-orm";
import { connect, type Database, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { startDrillDatabase } from "#e2e/drill/database.ts";
import { DrillStuck, type Patience, waitUntil } from "#e2e/drill/patience.ts";
import { type FaultName, planBlows, planFaults } from "#e2e/drill/plan.ts";
import { type Proof, proveDrill } from "#e2e/drill/proof.ts";
import { refusedConnections, strike } from "#e2e/drill/strike.ts";
import { type DrillTwilio, startDrillTwilio } from "#e2e/drill/twilio.ts";
import { startWorkers } from "#e2e/drill/workers.ts";
import { freePort } from "#scripts/lib/ports.ts";
import { envSchema } from "#server/env-schema.ts";
import { retryFailed } from "#server/messages/retry-failed.ts";
import { makeEnv, makeLaunched, testVariables } from "#server/testing/factories.ts";

export type DrillOptions = {
  seed: number;
  kills: number;
  restarts: number;
  refusals: number;
  recipients: number;
  workers: number;
  intervalMs: number;
  /** without any progress for so long the drill has failed */
  stuckAfterMs: number;
  /** starts the web server of these variables on PORT; resolves when it receives webhooks */
  startWeb: (variables: Record<string, string>) => Promise<{ close: () => Promise<void> }>;
  /** what the workers write */
  logFile: string;
  /** told what happens, for the person who waits */
  onProgress?: (line: string) => void;
  /** ends the drill early */
  signal?: AbortSignal;
};

export type DrillResult = Proof & {
  kills: number;
  restarts: number;
  /** faults by kind, as they happened */
  injected: Record<FaultName | "connections refused", number>;
  /** claims whose worker was killed before it could store the outcome */
  claimsLost: number;
  attempts: number;
  messagesAtTwilio: number;
  /** failed for good after three retries, and sent again by the admin */
  retriedByHand: number;
  durationMs: number;
};

/** Short, so that a drill ends; the last look at Twilio still comes well after a claim may be posted (5 s). */
const retryDelays = "2,4,8";
const timings = { sweepEveryMs: 150, deadAfterMs: 900 };

/**
 * Runs a drill on a database and a Twilio of its own and ends everything it started. `problems` is empty when every
 * recipient got exactly one Message 1 and every counter is right. Throws when the drill itself cannot be run.
 */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const since = performance.now();
  const ends: (() => unknown)[] = [];
  try {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const output = openSync(options.logFile, "w");
    ends.push(() => closeSync(output));
    const database = await startDrillDatabase();
    ends.push(database.close);
    const twilio = await startDrillTwilio();
    ends.push(twilio.close);
    const variables = await variablesOf(options, { databaseUrl: database.url, twilioUrl: twilio.url });
    const web = await options.startWeb(variables);
    ends.push(web.close);
    const { db, close } = connect(database.url, { max: 4, applicationName: "drill" });
    ends.push(close);

    const { campaignId, contactIds } = await makeLaunched(db, options.recipients, {}, makeEnv(variables));
    twilio.plan(planFaults(options.seed, await numbersOf(db)));
    const workers = await startWorkers({ count: options.workers, variables, timings, output });
    ends.push(workers.stop);
    const blows = planBlows(options.seed, contactIds.length, options);
    const { onProgress = () => {} } = options;
    const patience = { timeoutMs: options.stuckAfterMs, signal: options.signal };
    const stuck: string[] = [];
    let retriedByHand = 0;
    try {
      await strike(blows, { database, db, twilio, workers, patience, onProgress });
      onProgress("every blow struck, waiting for the end of the campaign");
      retriedByHand = await settle(db, campaignId, patience);
      await calm(db, twilio, patience);
    } catch (error) {
      if (!(error instanceof DrillStuck)) throw error;
      stuck.push(error.message);
    }
    const brokeDown = workers.brokeDown();
    if (brokeDown > 0) stuck.push(`${brokeDown} times a worker ended by itself`);
    const codes = (await workers.stop()).filter((code) => code !== 0);
    if (codes.length > 0) stuck.push(`workers ended with code ${codes.join(", ")} at SIGTERM`);

    const { recipients, intervalMs } = options;
    const atTwilio = twilio.accepted();
    const proof = await proveDrill({ db, campaignId, recipients, atTwilio, intervalMs });
    return {
      ...proof,
      problems: [...stuck, ...proof.problems],
      kills: options.kills,
      restarts: options.restarts,
      injected: { ...twilio.injected(), "connections refused": await refusedConnections(db) },
      ...(await storyOf(db)),
      messagesAtTwilio: atTwilio.length,
      retriedByHand,
      durationMs: performance.now() - since,
    };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

type Addresses = { databaseUrl: string; twilioUrl: string };

/** Complete on purpose: nothing of the user's own environment may reach the processes of a drill. */
async function variablesOf(options: DrillOptions, { databaseUrl, twilioUrl }: Addresses) {
  const port = await freePort(0);
  return {
    ...Object.fromEntries(Object.keys(envSchema.shape).map((name) => [name, ""])),
    ...testVariables,
    DATABASE_URL: databaseUrl,
    TWILIO_API_BASE_URL: twilioUrl,
    TWILIO_WEBHOOK_BASE_URL: `http://127.0.0.1:${port}`,
    TWILIO_TIMEOUT_MS: "1500",
    PORT: String(port),
    SEND_INTERVAL_MS: String(options.intervalMs),
    RETRY_DELAYS_SECONDS: retryDelays,
    TEST_LOG_LEVEL: "info",
  };
}

async function numbersOf(db: Database): Promise<string[]> {
  const rows = await db.select({ number: contacts.fullNumber }).from(contacts).orderBy(contacts.id);
  return rows.map(({ number }) => number);
}

/**
 * Waits for the end of the campaign. What the drill hit four times has failed for good, as it must: the admin then
 * presses "retry". Returns for how many messages.
 */
async function settle(db: Database, campaignId: number, patience: Patience): Promise<number> {
  let retried = 0;
  for (;;) {
    const ended = async () => (await campaignOf(db, campaignId))?.status === "completed";
    await waitUntil("the campaign is not completed", ended, { ...patience, everyMs: 200 });
    const failed = (await campaignOf(db, campaignId))?.failedCount ?? 0;
    if (failed === 0) return retried;
    retried += await retryFailed(db, { campaignId });
  }
}

async function campaignOf(db: Database, campaignId: number) {
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  return campaign;
}

/** The last callbacks have come, and what was stored of them is applied. */
async function calm(db: Database, twilio: DrillTwilio, patience: Patience): Promise<void> {
  await twilio.idle();
  const applied = async () => {
    const [row] = await queryRows<{ waiting: boolean }>(
      db,
      sql`select exists (select from webhook_events where applied_at is null and verdict = 'accepted') as waiting`,
    );
    return row?.waiting === false;
  };
  await waitUntil("a webhook event is not applied", applied, { ...patience, everyMs: 200 });
}

async function storyOf(db: Database): Promise<{ claimsLost: number; attempts: number }> {
  const [row] = await queryRows<{ lost: number; attempts: number }>(
    db,
    sql`select
      (select count(*)::int from message_events where type = 'lose' and data ->> 'message' = 'worker_died') as lost,
      (select count(*)::int from message_attempts) as attempts`,
  );
  return { claimsLost: row?.lost ?? 0, attempts: row?.attempts ?? 0 };
}
