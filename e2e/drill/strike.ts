// Strikes the blows of the plan, each at its moment of the campaign.
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import type { DrillDatabase } from "#e2e/drill/database.ts";
import { type Patience, waitUntil } from "#e2e/drill/patience.ts";
import type { Blow } from "#e2e/drill/plan.ts";
import type { DrillTwilio } from "#e2e/drill/twilio.ts";
import type { Workers } from "#e2e/drill/workers.ts";

export type Surroundings = {
  database: DrillDatabase;
  db: Database;
  twilio: DrillTwilio;
  workers: Workers;
  patience: Patience;
  onProgress: (line: string) => void;
};

/** Strikes all of them; throws a DrillStuck when the campaign does not go on after one. */
export async function strike(blows: readonly Blow[], surroundings: Surroundings): Promise<void> {
  const { database, twilio, workers, patience, onProgress } = surroundings;
  const rest = [...blows];
  for (let blow = rest.shift(); blow; blow = rest.shift()) {
    const { kind, at, afterMs, forMs, victim } = blow;
    const what = `the campaign does not go on: ${at} messages at Twilio awaited before a ${kind}`;
    await waitUntil(what, () => twilio.accepted().length >= at, { ...patience, everyMs: 5 });
    await sleep(afterMs);
    onProgress(`${twilio.accepted().length} messages: ${kind}`);
    if (kind === "kill") await workers.kill(victim);
    else if (kind === "refuse") await refuse(surroundings, forMs);
    else {
      // Every other restart costs a worker too, which then starts without a database.
      const next = forMs % 2 < 1 ? rest.findIndex((other) => other.kind === "kill") : -1;
      const [killed] = next < 0 ? [] : rest.splice(next, 1);
      await database.restart(forMs, async () => killed && workers.kill(killed.victim));
    }
  }
}

/** Shuts the gate until somebody stood before it, and a moment longer. */
async function refuse({ db, twilio, patience }: Surroundings, forMs: number): Promise<void> {
  const before = await refusedConnections(db);
  await twilio.gate.shut();
  try {
    const seen = async () => (await refusedConnections(db)) > before;
    await waitUntil("no worker tried to reach Twilio", seen, patience);
    await sleep(forMs);
  } finally {
    await twilio.gate.open();
  }
}

/** Attempts that found Twilio's port closed. */
export async function refusedConnections(db: Database): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from message_attempts where error_message = 'ECONNREFUSED'`,
  );
  return row?.count ?? 0;
}
