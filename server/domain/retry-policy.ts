// Automatic retries: three, after 60, 120 and 240 s (criteria 6.3 and 6.4). The same delays are the moments at which
// Twilio is asked about a message of unknown fate (engine.md 8).

/** Seconds to wait before the retry that follows `retryCount` retries, or null when they are used up. */
export function nextRetryDelay(retryCount: number, delaysSeconds: readonly number[]): number | null {
  return delaysSeconds[retryCount] ?? null;
}

/** Seconds after the attempt at which Twilio is asked for the `look`-th time (from 0), or null when it was the last. */
export function lookDelay(look: number, delaysSeconds: readonly number[]): number | null {
  return delaysSeconds[look] ?? null;
}

/** Seconds after acceptance at which a message without a final status is asked about (engine.md 8). */
const pollDelays = [10 * 60, 3600, 6 * 3600, 24 * 3600] as const;

/** Seconds after acceptance of the `poll`-th question (from 0), or null: then it is left as it is. */
export function pollDelay(poll: number): number | null {
  return pollDelays[poll] ?? null;
}

/** Settled failures of one kind in a row that pause a campaign. */
export const failuresThatPauseCampaign = 10;
/** 63007 in a row that pause the sender. */
export const refusalsThatPauseSender = 3;
/** Uncertain sends in a row that pause the sender until Twilio answers again. */
export const uncertainThatPauseSender = 10;
/** After 429 or 63018 no slot is granted for this long (criterion 7.2). */
export const rateLimitPauseMs = 3000;
