// Sends per second at interval 0, against the SDK alone in a loop, with the same concurrency and the same simulator.
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { type Figure, perSecond } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, openBench, until } from "#scripts/bench/lab.ts";
import { makeContacts, makeDraft } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { createTwilioClient } from "#server/twilio/client.ts";

const messages = 6_000;
const concurrency = 8;
/** What a request to Twilio takes at the very least. */
const requestMs = 20;

export async function benchSends(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({
    database,
    env: { SEND_INTERVAL_MS: "0", SEND_CONCURRENCY: String(concurrency) },
    simulator: { autoProgress: false },
  });
  try {
    await bench.twilio.fault({ times: null, behaviour: { kind: "slow", ms: requestMs } });
    const campaignId = await makeDraft(database.db, [await makeContacts(database.db, messages)]);
    const floor = await bareLoop(bench);
    const worker = await bench.startWorker();
    await launchCampaign(database.db, { campaignId, env: bench.env });
    await until(async () => (await bench.twilio.summary()).messages >= 2 * messages, 300_000, "the sends");
    await worker.stop();
    const rate = rateOf((await bench.twilio.messages({ contentSid: DEFAULT_CONTENT_SID })).slice(messages));
    return [
      {
        name: `sends at interval 0, ${concurrency} at once, requests of ${requestMs} ms`,
        value: perSecond(rate),
        floor: `${perSecond(floor)} SDK in a loop`,
        ratio: rate / floor,
        bar: { atLeast: 0.6 },
      },
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}

async function bareLoop({ env, twilio }: Bench): Promise<number> {
  const client = createTwilioClient(env);
  let left = messages;
  const loop = async () => {
    while (left > 0) {
      const number = left;
      left -= 1;
      await client.messages.create({
        from: `whatsapp:${env.twilioSandboxNumber}`,
        to: `whatsapp:+3370${String(number).padStart(7, "0")}`,
        contentSid: DEFAULT_CONTENT_SID,
        contentVariables: JSON.stringify({ 1: "Relance", 2: `Prénom${number}` }),
      });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return rateOf(await twilio.messages());
}

/** Accepted per second, the first and last tenth left out. */
function rateOf(accepted: readonly { acceptedAt: number }[]): number {
  const times = accepted.map(({ acceptedAt }) => acceptedAt).sort((a, b) => a - b);
  const cut = Math.floor(times.length / 10);
  const kept = times.slice(cut, -cut);
  return ((kept.length - 1) * 1000) / ((kept.at(-1) as number) - (kept[0] as number));
}
