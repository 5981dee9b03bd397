// The simulated Twilio of a drill, behind its gate, with every misfortune in store.
import { type Gate, openGate } from "#e2e/drill/gate.ts";
import { type FaultName, faultNames, type PlannedFault } from "#e2e/drill/plan.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { faultSchema } from "#e2e/twilio-simulator/faults.ts";
import { startSimulator } from "#e2e/twilio-simulator/server.ts";
import type { MessageRecord } from "#e2e/twilio-simulator/state/types.ts";
import { testContentSid } from "#server/testing/factories.ts";

export type DrillTwilio = {
  url: string;
  gate: Gate;
  plan: (faults: readonly PlannedFault[]) => void;
  /** how often each kind befell a request */
  injected: () => Record<FaultName, number>;
  /** every message it has accepted, oldest first */
  accepted: () => readonly MessageRecord[];
  /** resolves when no callback is to come or under way */
  idle: () => Promise<void>;
  close: () => Promise<void>;
};

/** Twilio has the message at once and answers a little later: a kill may fall between its acceptance and our commit. */
const answerAfterMs = 40;

/** Everybody is a member of its sandbox, and it knows no rate: what goes wrong is in the plan alone. */
export async function startDrillTwilio(): Promise<DrillTwilio> {
  const simulator = await startSimulator({
    minIntervalMs: 0,
    autoJoin: "all",
    statusDelaysMs: { sent: 20, delivered: 80, read: 200, failed: 50 },
  });
  const { faults, store } = simulator.state;
  const client = simulatorClient(simulator.url);
  const gate = await openGate(simulator.url);
  const names = new Map<string, FaultName>();
  await client.putContent({
    sid: testContentSid,
    friendlyName: "code",
    types: { "twilio/text": { body: "Your {{1}} code is {{2}}" } },
  });
  faults.add(faultSchema.parse({ times: null, behaviour: { kind: "slow", ms: answerAfterMs } }));
  return {
    url: gate.url,
    gate,
    plan: (planned) => {
      for (const { name, input } of planned) names.set(faults.add(faultSchema.parse(input)).id, name);
    },
    injected: () => {
      const hits = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
      for (const { id, hits: more } of faults.list()) {
        const name = names.get(id);
        if (name) hits[name] += more;
      }
      return hits;
    },
    accepted: () => store.messages.all().filter(({ direction }) => direction === "outbound-api"),
    idle: async () => {
      await client.idle({ timeoutMs: 60_000 });
    },
    close: async () => {
      await gate.close();
      await simulator.close();
    },
  };
}
