// Resident memory of worker and web server, idle and over 50,000 messages with their callbacks. The heap has a limit: on a
// machine with room to spare resident memory says when V8 last cared to collect, not what is held.
import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, mean, median } from "#scripts/bench/figures.ts";
import { type Lab, openBench, residentMegabytes } from "#scripts/bench/lab.ts";
import { makeContacts, makeDraft } from "#scripts/bench/story.ts";
import type { Child } from "#scripts/lib/children.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";

const sends = 50_000;
const heapLimit = 256;

export async function benchMemory(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({
    database,
    web: true,
    heapLimit,
    env: { SEND_INTERVAL_MS: "0", SEND_CONCURRENCY: "8" },
    simulator: { timeScale: 0 },
  });
  try {
    const campaignId = await makeDraft(database.db, [await makeContacts(database.db, sends)]);
    const worker = await bench.startWorker();
    const web = bench.web as Child;
    await sleep(5_000);
    const idle = { worker: residentMegabytes(worker), web: residentMegabytes(web) };
    const samples: { done: number; worker: number; web: number }[] = [];
    await launchCampaign(database.db, { campaignId, env: bench.env });
    for (let done = 0; done < sends; ) {
      done = (await bench.twilio.summary()).messages;
      samples.push({ done, worker: residentMegabytes(worker), web: residentMegabytes(web) });
      await sleep(500);
    }
    return [
      flatness("worker", samples, ({ worker }) => worker, idle.worker),
      flatness("web server", samples, ({ web }) => web, idle.web),
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}

type Sample = { done: number; worker: number; web: number };

/** The last fifth against the second: the first fills caches and the heap's young half. */
function flatness(
  name: string,
  samples: readonly Sample[],
  of: (sample: Sample) => number,
  idle: number,
): Figure {
  const part = (fifth: number) =>
    median(samples.filter(({ done }) => Math.floor((done * 5) / (sends + 1)) === fifth).map(of));
  const early = part(1);
  const late = part(4);
  return {
    name: `memory of the ${name} over ${sends} messages, heap limit ${heapLimit} MB`,
    value: `${late.toFixed(0)} MB at the end (mean ${mean(samples.map(of)).toFixed(0)})`,
    floor: `${early.toFixed(0)} MB in the second fifth, ${idle.toFixed(0)} idle`,
    ratio: late / early,
    bar: { atMost: 1.1 },
  };
}
