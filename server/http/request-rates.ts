// How many requests one user, one address may make. Counted in the memory of each process (docs/decisions/0011).
import type { Env } from "#server/env.ts";

const windowMs = 60_000;
/** Keys remembered at once; beyond it the oldest windows go, so that a flood of addresses fills no memory. */
const maximumKeys = 20_000;

/** Requests a minute. */
const requestsPerMinute = {
  /**
   * What a page of ours asks by itself beside itself (the event stream, the counters): it follows the news, at most two a
   * second for each tab, and must not use up what its user may ask.
   */
  ownPages: 600,
  /** of one address, from behind which a whole office may work */
  ownPagesOfAddress: 6_000,
  /** of one address; Twilio sends four callbacks for each message, and at most 80 messages a second */
  webhooks: 120_000,
} as const;

/** Counts a request of `key`: 0 when it may pass, or the seconds until the next one may. */
export type RequestRate = (key: string, now?: number) => number;

/** `api`: over HTTP to the procedures, of one user, or of one address. */
export type RequestRates = Record<"api" | keyof typeof requestsPerMinute, RequestRate>;

export function createRequestRates({
  apiRequestsPerMinute,
}: Pick<Env, "apiRequestsPerMinute">): RequestRates {
  return {
    api: createRate(apiRequestsPerMinute),
    ownPages: createRate(requestsPerMinute.ownPages),
    ownPagesOfAddress: createRate(requestsPerMinute.ownPagesOfAddress),
    webhooks: createRate(requestsPerMinute.webhooks),
  };
}

/** `limit` requests in a minute that begins with the first of them; `now` in milliseconds of any steady clock. */
export function createRate(limit: number, keys: number = maximumKeys): RequestRate {
  const windows = new Map<string, { since: number; count: number }>();
  return (key, now = performance.now()) => {
    const known = windows.get(key);
    if (known && now - known.since < windowMs) {
      known.count += 1;
      return known.count <= limit ? 0 : Math.ceil((known.since + windowMs - now) / 1000);
    }
    // a new window stands last: the first of the map are the oldest
    windows.delete(key);
    forgetOld(windows, now, keys);
    windows.set(key, { since: now, count: 1 });
    return 0;
  };
}

function forgetOld(windows: Map<string, { since: number }>, now: number, keys: number): void {
  for (const [key, { since }] of windows) {
    if (now - since < windowMs && windows.size < keys) return;
    windows.delete(key);
  }
}
