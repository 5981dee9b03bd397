// Distance between two sends of a sender: slots by the database's clock, requests as they arrive at the simulator.
import { type Figure, mean, milliseconds } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, openBench, until } from "#scripts/bench/lab.ts";
import { makeContacts, makeDraft, slotGaps } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";

type Setting = { intervalMs: number; sends: number; workers: number; restart: boolean };

const settings: readonly Setting[] = [
  { intervalMs: 1000, sends: 40, workers: 1, restart: false },
  { intervalMs: 1000, sends: 60, workers: 3, restart: true },
  { intervalMs: 100, sends: 300, workers: 3, restart: false },
];

export async function benchSlots(lab: Lab): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const setting of settings) figures.push(...(await measure(lab, setting)));
  return figures;
}

async function measure(lab: Lab, { intervalMs, sends, workers, restart }: Setting): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({
    database,
    env: { SEND_INTERVAL_MS: String(intervalMs) },
    simulator: { autoProgress: false },
  });
  try {
    const campaignId = await makeDraft(database.db, [await makeContacts(database.db, sends)]);
    const running = [];
    for (let n = 0; n < workers; n += 1) running.push(await bench.startWorker());
    await launchCampaign(database.db, { campaignId, env: bench.env });
    const sent = async () => (await bench.twilio.summary()).messages;
    if (restart) {
      await until(async () => (await sent()) >= sends / 2, sends * intervalMs * 2, "half of the sends");
      await running[0]?.stop();
      await bench.startWorker();
    }
    await until(async () => (await sent()) === sends, sends * intervalMs * 2, "the sends");
    return figuresOf(
      `${workers} worker${workers > 1 ? "s" : ""}${restart ? ", one restarted" : ""}, ${milliseconds(intervalMs)}`,
      intervalMs,
      await slotGaps(database.db),
      await arrivalGaps(bench),
    );
  } finally {
    await bench.close();
    await database.close();
  }
}

export async function arrivalGaps({ twilio }: Bench): Promise<number[]> {
  const times = (await twilio.messages()).map(({ acceptedAt }) => acceptedAt).sort((a, b) => a - b);
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

export function figuresOf(
  what: string,
  intervalMs: number,
  slots: readonly number[],
  arrivals: readonly number[],
): Figure[] {
  const range = (gaps: readonly number[]) =>
    `${milliseconds(Math.min(...gaps))} to ${milliseconds(Math.max(...gaps))}, mean ${milliseconds(mean(gaps))}`;
  return [
    {
      name: `${what}: between slots`,
      value: range(slots),
      floor: `${milliseconds(intervalMs)} interval`,
      // The slots have microseconds, the interval may be none of them.
      ratio: Math.min(...slots) / intervalMs,
      bar: { atLeast: 1 },
    },
    {
      name: `${what}: between requests, mean`,
      value: range(arrivals),
      floor: `${milliseconds(intervalMs)} interval`,
      ratio: mean(arrivals) / intervalMs,
      bar: { atMost: 1.02 },
    },
  ];
}
