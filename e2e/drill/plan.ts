// What goes wrong in a drill, and when: drawn from its seed alone, so that a drill can be run again.
import { type FaultInput, seededRandom } from "#e2e/twilio-simulator/faults.ts";

type Behaviour = FaultInput["behaviour"];

/** What may become of a request; `taken`: Twilio has the message all the same. */
const answerFaults = {
  "accepted, connection cut": { taken: true, behaviour: { kind: "cut", accepted: true } },
  "accepted, never answered": { taken: true, behaviour: { kind: "no-answer", accepted: true } },
  "accepted, answered 502": {
    taken: true,
    behaviour: { kind: "http-error", status: 502, accepted: true, html: true },
  },
  "not accepted, connection cut": { taken: false, behaviour: { kind: "cut", accepted: false } },
  "not accepted, never answered": { taken: false, behaviour: { kind: "no-answer" } },
  "not accepted, answered 503": { taken: false, behaviour: { kind: "http-error", status: 503 } },
  "not accepted, answered 429": {
    taken: false,
    behaviour: { kind: "http-error", status: 429, code: 20429 },
  },
} as const satisfies Record<string, { taken: boolean; behaviour: Behaviour }>;

const callbackFaults = {
  "callbacks late": { kind: "callbacks-late", ms: 1_500 },
  "callbacks doubled": { kind: "callbacks-twice" },
  "callbacks shuffled": { kind: "callbacks-reversed" },
  "callbacks lost": { kind: "callbacks-lost" },
} as const satisfies Record<string, Behaviour>;

export type FaultName = keyof typeof answerFaults | keyof typeof callbackFaults;
export const faultNames = [...Object.keys(answerFaults), ...Object.keys(callbackFaults)] as FaultName[];

export type PlannedFault = { name: FaultName; input: FaultInput };

/** Each 429 costs the sender three seconds (criterion 7.2): one in so many recipients is as good as many. */
const recipientsPerRateLimit = 200;
const shareOfAnswers = 0.3;
const shareOfCallbacks = 0.5;

/**
 * The misfortunes of every recipient, each befalling the first request to that number. Every kind occurs; a callback is
 * only concerned where Twilio has the message.
 */
export function planFaults(seed: number, numbers: readonly string[]): PlannedFault[] {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const answerNames = Object.keys(answerFaults) as (keyof typeof answerFaults)[];
  const callbackNames = Object.keys(callbackFaults) as (keyof typeof callbackFaults)[];
  const certainAnswers = [...answerNames];
  const certainCallbacks = [...callbackNames];
  let rateLimitsLeft = Math.ceil(numbers.length / recipientsPerRateLimit);

  return shuffled(numbers, random).flatMap((to): PlannedFault[] => {
    const planned: PlannedFault[] = [];
    const certain = certainAnswers.pop();
    const drawn = certain ?? (random() < shareOfAnswers ? pick(answerNames) : undefined);
    const isRateLimit = drawn === "not accepted, answered 429";
    const answer = isRateLimit && rateLimitsLeft-- <= 0 ? undefined : drawn;
    if (answer) {
      planned.push({ name: answer, input: { to, behaviour: answerFaults[answer].behaviour } });
      if (!answerFaults[answer].taken) return planned;
    }
    const callback =
      certainCallbacks.pop() ?? (random() < shareOfCallbacks ? pick(callbackNames) : undefined);
    if (callback) planned.push({ name: callback, input: { to, behaviour: callbackFaults[callback] } });
    return planned;
  });
}

export type Blow = {
  kind: "kill" | "restart" | "refuse";
  /** strikes when Twilio has this many messages */
  at: number;
  /** milliseconds after that: some fall between Twilio's acceptance and our commit, some do not */
  afterMs: number;
  /** which of the processes, from 0 to 1 */
  victim: number;
  /** how long the database is down, or Twilio's port closed */
  forMs: number;
};

export type BlowCounts = { kills: number; restarts: number; refusals: number };

/** Blows spread over the campaign from its beginning nearly to its end, in the order of their moments. */
export function planBlows(seed: number, recipients: number, counts: BlowCounts): Blow[] {
  const random = seededRandom(seed + 1);
  const some = (kind: Blow["kind"], count: number, longestMs: number): Blow[] =>
    Array.from({ length: count }, (_, index) => ({
      kind,
      at: Math.floor(((index + random()) / count) * recipients * 0.9),
      afterMs: random() * 60,
      victim: random(),
      forMs: random() * longestMs,
    }));
  return [
    ...some("kill", counts.kills, 0),
    ...some("restart", counts.restarts, 2_000),
    ...some("refuse", counts.refusals, 400),
  ].sort((a, b) => a.at - b.at);
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
