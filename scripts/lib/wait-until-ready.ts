import { setTimeout as wait } from "node:timers/promises";
import type { Child } from "#scripts/lib/children.ts";

/**
 * Resolves when `url` answers 200. Rejects when `child`, which is to serve it, ends before, or after `timeoutMs` with
 * the last answer.
 */
export async function waitUntilReady(url: string, child: Child, timeoutMs = 60_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  let last = "aucune réponse";
  while (Date.now() < giveUpAt) {
    if (!child.isRunning()) throw new Error(`« ${child.name} » s'est arrêté au démarrage.`);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
      const text = await response.text();
      if (response.ok) return;
      last = `${response.status} ${text.slice(0, 200)}`;
    } catch (error) {
      last = String((error as Error).cause ?? error);
    }
    await wait(100);
  }
  throw new Error(`« ${child.name} » n'est pas prêt après ${timeoutMs / 1000} s (${url} : ${last}).`);
}
