import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { LiveHub } from "#server/http/live.ts";
import type { Pages } from "#server/http/pages.ts";

const patienceMs = 10_000;

type ToClose = { live: LiveHub; pages: Pages };

/**
 * Accepts nothing more, ends the event streams (the server would wait for them for ever), lets running requests end and
 * cuts what is left after ten seconds.
 */
export async function closeServer(server: Server, { live, pages }: ToClose): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.all([live.close(), pages.close()]);
  const over = new AbortController();
  const deadline = sleep(patienceMs, undefined, { signal: over.signal }).then(
    () => server.closeAllConnections(),
    () => {},
  );
  // a connection kept alive is no request: it is closed as soon as its last answer is out
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearInterval(sweep);
  over.abort();
  await deadline;
}
