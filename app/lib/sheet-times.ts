// A sheet says when a launch at the moment of its reading would begin and end; a page that stays open moves both along.
import type { Preflight } from "#server/campaigns/views.ts";

type Times = Pick<Preflight, "startsAt" | "finishesAt">;

/** When it starts: now, or at the time set for it. */
export function startOfSheet({ startsAt }: Times, now: Date): Date {
  return startsAt > now ? startsAt : now;
}

/** When it is done at the latest. */
export function endOfSheet(times: Times, now: Date): Date {
  return new Date(startOfSheet(times, now).getTime() + lastingOf(times));
}

/** From its start to its end at the latest, in milliseconds: what waits already comes on top of its own messages. */
export function lastingOf({ startsAt, finishesAt }: Times): number {
  return finishesAt.getTime() - startsAt.getTime();
}
