// What the database notifies, spread to the open event streams of this process (design.md 9).
import { setTimeout as sleep } from "node:timers/promises";
import { type Listener, listen } from "#db/listen.ts";
import type { Log } from "#server/log.ts";

/** What changed. No id: anything may have, since notifications were lost while the connection was down. */
export type LiveChange = {
  campaignId?: number;
  contactId?: number;
  senderId?: number;
  userId?: number;
};

export type LiveHub = {
  /** Changes from now on, until the signal aborts or the hub closes: all that wait at once, equal ones once. */
  subscribe: (signal: AbortSignal) => AsyncIterable<LiveChange[]>;
  /** Ends every subscription and the connection. */
  close: () => Promise<void>;
};

type Subscriber = { push: (change: LiveChange) => void; end: () => void };

/** Listens on a connection of its own; a database that is away, now or later, is tried again until it is back. */
export function createLiveHub({ databaseDirectUrl, log }: { databaseDirectUrl: string; log: Log }): LiveHub {
  const subscribers = new Set<Subscriber>();
  const closing = new AbortController();
  const broadcast = (change: LiveChange) => {
    for (const { push } of subscribers) push(change);
  };
  const listening = connect();

  async function connect(): Promise<Listener | null> {
    while (!closing.signal.aborted) {
      try {
        return await listen(
          databaseDirectUrl,
          "relance",
          (payload) => broadcast(changeOf(payload)),
          () => broadcast({}),
        );
      } catch (error) {
        log.warn({ err: error }, "live updates wait for the database");
        await sleep(1000, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
    return null;
  }

  return {
    subscribe: (signal) => subscription(subscribers, AbortSignal.any([signal, closing.signal])),
    close: async () => {
      closing.abort();
      for (const { end } of subscribers) end();
      await (await listening)?.close();
    },
  };
}

function subscription(subscribers: Set<Subscriber>, signal: AbortSignal): AsyncIterable<LiveChange[]> {
  const waiting = new Map<string, LiveChange>();
  let wake = () => {};
  const subscriber: Subscriber = {
    push: (change) => {
      waiting.set(JSON.stringify(change), change);
      wake();
    },
    end: () => wake(),
  };
  if (!signal.aborted) subscribers.add(subscriber);
  signal.addEventListener(
    "abort",
    () => {
      subscribers.delete(subscriber);
      wake();
    },
    { once: true },
  );
  return (async function* () {
    try {
      while (!signal.aborted) {
        if (waiting.size > 0) {
          const batch = [...waiting.values()];
          waiting.clear();
          yield batch;
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      subscribers.delete(subscriber);
    }
  })();
}

const names = {
  campaign: "campaignId",
  contact: "contactId",
  sender: "senderId",
  user: "userId",
} as const satisfies Record<string, keyof LiveChange>;

/** A payload names one thing; one that names none we know says that anything may have changed. */
function changeOf(payload: string): LiveChange {
  const named = JSON.parse(payload) as Record<string, number | undefined>;
  for (const [name, id] of Object.entries(names)) {
    if (named[name] !== undefined) return { [id]: named[name] };
  }
  return {};
}
