import { setTimeout as sleep } from "node:timers/promises";

/** Why a drill came to no end. */
export class DrillStuck extends Error {
  override name = "DrillStuck";
}

export type Patience = {
  timeoutMs: number;
  /** how often it is asked */
  everyMs?: number;
  /** the drill was told to end */
  signal?: AbortSignal;
};

/**
 * Resolves when `isTrue`; a question that fails (no database) is asked again. Throws a DrillStuck that says `what` is the
 * matter when it is not true after `timeoutMs`.
 */
export async function waitUntil(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  { timeoutMs, everyMs = 50, signal }: Patience,
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await Promise.resolve(isTrue()).catch(() => false))) {
    signal?.throwIfAborted();
    if (performance.now() > giveUpAt) throw new DrillStuck(`after ${timeoutMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
}
