// The server's patience with connections that send slowly, read slowly or not at all.
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { addressKey } from "#server/address-key.ts";

type ConnectionLimits = {
  /** until the last line of a request's head has come, counted from the opening of a connection that says nothing */
  headMs: number;
  /** until the last byte of its body has come; a file of 25 megabytes over a line of 1.2 Mbit/s takes that long */
  requestMs: number;
  /** without a byte in either direction; an open event stream says something every 15 s */
  silentMs: number;
  /** between two looks at them all */
  checkMs: number;
  /** at once; whatever comes beyond is closed unread */
  connections: number;
};

const usual: ConnectionLimits = {
  headMs: 15_000,
  requestMs: 180_000,
  silentMs: 150_000,
  checkMs: 5_000,
  connections: 2_000,
};

/** A server that ends connections which use up its patience, with status 408 where a request had begun. */
export function createLimitedServer(patch: Partial<ConnectionLimits> = {}): Server {
  const limits = { ...usual, ...patch };
  const server = createServer({
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    // longer than the proxies in front of us keep theirs, or they would send into a closed one
    keepAliveTimeout: 65_000,
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.silentMs;
  return server;
}

type AddressLimit = {
  /** who speaks for many: the proxies in front of us */
  isProxy: (address: string) => boolean;
  /** at once; a house behind one address needs some ten for each browser */
  connections?: number;
};

/**
 * Closes unread what comes from one address beyond its share, so that nobody alone takes all the room and shuts Twilio
 * out. A network of IPv6 counts as one address. Proxies have no limit of their own.
 */
export function limitPerAddress(server: Server, { isProxy, connections = 500 }: AddressLimit): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const { remoteAddress } = socket;
    // none: it is over already
    if (remoteAddress === undefined || isProxy(remoteAddress)) return;
    const key = addressKey(remoteAddress);
    const count = open.get(key) ?? 0;
    if (count >= connections) {
      socket.destroy();
      return;
    }
    open.set(key, count + 1);
    socket.once("close", () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  });
}
