// A pooler in transaction mode as its clients see it: everything passes, but no notification ever arrives.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type TransactionPooler = { url: string; close: () => Promise<void> };

const notification = "A".charCodeAt(0);
const headBytes = 5;

/** Relays to the database at `databaseUrl`, and loses every NotificationResponse on the way back. */
export async function startTransactionPooler(databaseUrl: string): Promise<TransactionPooler> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (data) => upstream.write(data));
    upstream.on(
      "data",
      withoutNotifications((message) => client.write(message)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Cuts the stream into the messages of the protocol: a letter, a length that counts itself, the rest. */
function withoutNotifications(pass: (message: Buffer) => void): (data: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (data) => {
    waiting = Buffer.concat([waiting, data]);
    while (waiting.length >= headBytes) {
      const size = 1 + waiting.readInt32BE(1);
      if (waiting.length < size) return;
      const message = waiting.subarray(0, size);
      waiting = waiting.subarray(size);
      if (message[0] !== notification) pass(message);
    }
  };
}
