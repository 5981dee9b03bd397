// From a contact's answer to the acceptance of Message 2, while bulk waits: two intervals at most for nineteen of twenty.
import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, median, milliseconds, quantile } from "#scripts/bench/figures.ts";
import { type Lab, openBench, until } from "#scripts/bench/lab.ts";
import { makeContacts, makeDraft } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";

const intervalMs = 1000;
const waiting = 10_000;
const answers = 40;

export async function benchMessageTwo(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({
    database,
    web: true,
    env: { SEND_INTERVAL_MS: "20" },
    simulator: { timeScale: 0 },
  });
  try {
    const { db } = database;
    const first = await makeDraft(db, [await makeContacts(db, answers)]);
    let worker = await bench.startWorker();
    await launchCampaign(db, { campaignId: first, env: bench.env });
    await until(
      async () => (await bench.twilio.summary()).byStatus.read === answers,
      60_000,
      "the first campaign",
    );
    await worker.stop();

    const slow = { ...bench.env, sendIntervalMs: intervalMs };
    const second = await makeDraft(db, [await makeContacts(db, waiting, 100_000)]);
    await launchCampaign(db, { campaignId: second, env: slow });
    worker = await bench.startWorker({ SEND_INTERVAL_MS: String(intervalMs) });
    const latencies: number[] = [];
    for (let n = 1; n <= answers; n += 1) {
      const phone = `+3370${String(n).padStart(7, "0")}`;
      const asked = (await bench.twilio.clock()).now;
      await bench.twilio.inbound({ phone, text: "Oui" });
      let accepted: number | undefined;
      await until(
        async () => {
          const [, second] = await bench.twilio.messages({ to: phone, direction: "outbound-api" });
          accepted = second?.acceptedAt;
          return accepted !== undefined;
        },
        20 * intervalMs,
        "Message 2",
      );
      latencies.push((accepted as number) - asked);
      // Spread over the interval, so that every phase of the slots is met.
      await sleep((n * 381) % intervalMs);
    }
    const p95 = quantile(latencies, 0.95);
    return [
      {
        name: `answer → Message 2 accepted, ${waiting} waiting, p95`,
        value: milliseconds(p95),
        floor: `${milliseconds(intervalMs)} interval`,
        ratio: p95 / intervalMs,
        bar: { atMost: 2 },
      },
      {
        name: `answer → Message 2 accepted, ${waiting} waiting, p50`,
        value: milliseconds(median(latencies)),
        floor: `${milliseconds(intervalMs)} interval`,
        ratio: median(latencies) / intervalMs,
      },
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}
