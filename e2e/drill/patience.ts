import { setTimeout as sleep } from "node:timers/promises";

/** Why a drill came to no end. */
export class DrillStuck extends Error {
  override name = "DrillStuck";
}

/**
 * Resolves when `isTrue`; a question that fails (no database) is asked again. Throws a DrillStuck that says `what` was
 * waited for when it is not true after `timeoutMs`.
 */
export async function waitUntil(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  { timeoutMs, everyMs = 50, signal }: { timeoutMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await Promise.resolve(isTrue()).catch(() => false))) {
    signal?.throwIfAborted();
    if (performance.now() > giveUpAt) throw new DrillStuck(`after ${timeoutMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
}
