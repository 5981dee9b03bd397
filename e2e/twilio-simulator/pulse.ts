// Tells whoever looks at the simulator that something changed; what changed, they ask.
import type { ServerResponse } from "node:http";

export type Pulse = {
  /** something changed */
  beat(): void;
  /** sends one event per change (a burst counts as one) until the other side leaves */
  stream(response: ServerResponse): void;
  close(): void;
};

/** Longer than a burst of callbacks, shorter than a person notices. */
const gatherMs = 120;
const keepAliveMs = 20_000;

export function createPulse(): Pulse {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | null = null;
  const send = (text: string) => {
    for (const response of listeners) response.write(text);
  };
  const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs);
  keepAlive.unref();

  return {
    beat() {
      if (timer !== null || listeners.size === 0) return;
      timer = setTimeout(() => {
        timer = null;
        send("event: change\ndata:\n\n");
      }, gatherMs);
      timer.unref();
    },
    stream(response) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 1000\nevent: change\ndata:\n\n");
      listeners.add(response);
      response.once("close", () => listeners.delete(response));
    },
    close() {
      clearInterval(keepAlive);
      if (timer) clearTimeout(timer);
      for (const response of listeners) response.end();
    },
  };
}
