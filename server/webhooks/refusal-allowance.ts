// How many refused hits are kept: anybody may call the webhook, nobody may fill the disk by it.
import type { Database } from "#db/client.ts";

const windowMs = 60_000;
/**
 * A minute, in each process. What looks like Twilio (a signature, our account) has a measure of its own: a flood of
 * anything else does not push out the hits whose diagnosis matters.
 */
export const refusalsPerMinute = { likely: 60, unlikely: 30 } as const;

type Measure = keyof typeof refusalsPerMinute;
type Window = { since: number; kept: number; dropped: number };

const windows = new WeakMap<Database, Record<Measure, Window>>();

export type Allowance = {
  keep: boolean;
  /** how many were dropped in the minute before; told once */
  dropped: number;
};

/** Whether one more may be kept; `now` in milliseconds of any steady clock. */
export function allowRefusal(db: Database, measure: Measure, now: number = performance.now()): Allowance {
  const known = windows.get(db) ?? { likely: fresh(now), unlikely: fresh(now) };
  windows.set(db, known);
  let dropped = 0;
  if (now - known[measure].since >= windowMs) {
    dropped = known[measure].dropped;
    known[measure] = fresh(now);
  }
  const window = known[measure];
  const keep = window.kept < refusalsPerMinute[measure];
  if (keep) window.kept += 1;
  else window.dropped += 1;
  return { keep, dropped };
}

const fresh = (since: number): Window => ({ since, kept: 0, dropped: 0 });
