// A database that can go away: a relay in front of the real one, for tests.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type DatabaseProxy = {
  /** the database's address, by way of the relay */
  url: string;
  /** ends every connection, and resets new ones at once */
  cut: () => void;
  /** ends nothing and answers nothing: packets get lost */
  freeze: () => void;
  restore: () => void;
  /** connections refused since the start */
  refusals: () => number;
  close: () => Promise<void>;
};

/** Relays to the database at `databaseUrl` until it is cut or frozen. */
export async function startProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let refusals = 0;
  let state: "up" | "cut" | "frozen" = "up";
  const server = createServer((client) => {
    if (state === "cut") {
      refusals += 1;
      return void client.resetAndDestroy();
    }
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
    client.on("data", (data) => state === "frozen" || upstream.write(data));
    upstream.on("data", (data) => state === "frozen" || client.write(data));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    cut: () => {
      state = "cut";
      endAll();
    },
    freeze: () => {
      state = "frozen";
    },
    restore: () => {
      state = "up";
    },
    refusals: () => refusals,
    close: async () => {
      endAll();
      server.close();
      await once(server, "close");
    },
  };
}
