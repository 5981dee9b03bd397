// A production sender: 80 a second for two minutes from one worker process, requests of 60 ms.
import { type Figure, mean, perSecond } from "#scripts/bench/figures.ts";
import { type Lab, openBench, until } from "#scripts/bench/lab.ts";
import { arrivalGaps, figuresOf } from "#scripts/bench/slots.ts";
import { makeContacts, makeDraft, slotGaps } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";

const intervalMs = 12.5;
const sends = 120 * 80;

export async function benchProduction(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({
    database,
    env: { SEND_INTERVAL_MS: String(intervalMs), SEND_CONCURRENCY: "16" },
    simulator: { autoProgress: false },
  });
  try {
    await bench.twilio.fault({ times: null, behaviour: { kind: "slow", ms: 60 } });
    const campaignId = await makeDraft(database.db, [await makeContacts(database.db, sends)]);
    await bench.startWorker();
    await launchCampaign(database.db, { campaignId, env: bench.env });
    await until(async () => (await bench.twilio.summary()).messages >= sends, 300_000, "the sends");
    const arrivals = await arrivalGaps(bench);
    const rate = 1000 / mean(arrivals);
    return [
      {
        name: "production sender, one worker, 2 min",
        value: perSecond(rate),
        floor: `${perSecond(1000 / intervalMs)} allowed`,
        ratio: rate,
        bar: { atLeast: 75 },
      },
      ...figuresOf("production sender", intervalMs, await slotGaps(database.db), arrivals).slice(0, 1),
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}
