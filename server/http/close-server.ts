import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 10_000;

type ServerToClose = {
  /** what never ends by itself: event streams, Vite */
  endStreams: () => Promise<unknown>;
};

/**
 * Prepares a server, before it listens, for its end: the function given back accepts nothing more, ends the streams, lets
 * running requests end and cuts what is left after ten seconds.
 */
export function closable(server: Server, { endStreams }: ServerToClose): () => Promise<void> {
  // Node's own closeIdleConnections leaves out those that browsers open in advance and have sent nothing on
  const requests = new Map<Socket, number>();
  let closing = false;
  const count = (socket: Socket, change: 1 | -1) => {
    const left = (requests.get(socket) ?? 0) + change;
    requests.set(socket, left);
    if (closing && left === 0) socket.destroySoon();
  };
  server.on("connection", (socket) => {
    requests.set(socket, 0);
    socket.on("close", () => requests.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    count(socket, 1);
    response.on("close", () => count(socket, -1));
  });

  return async () => {
    closing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const [socket, running] of requests) if (running === 0) socket.destroy();
    await endStreams();
    const over = new AbortController();
    const deadline = sleep(patienceMs, undefined, { signal: over.signal }).then(
      () => server.closeAllConnections(),
      () => {},
    );
    await closed;
    over.abort();
    await deadline;
  };
}
