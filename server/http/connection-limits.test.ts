import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createLimitedServer, limitPerAddress } from "#server/http/connection-limits.ts";

/** A server with little patience, and a client of it who writes bytes and hears how it ends. */
async function listening(
  limits: Parameters<typeof createLimitedServer>[0],
  answer: RequestListener = (req, res) => req.resume().on("end", () => res.end("ok")),
) {
  return connectionsTo(createLimitedServer({ checkMs: 20, ...limits }).on("request", answer));
}

/** Makes it listen; opens connections to it from an address of this machine. */
async function connectionsTo(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (localAddress = "127.0.0.1") => connect({ port, host: "127.0.0.1", localAddress });
}

/** All it was told until the server closed it. */
async function untilClosed(socket: Socket): Promise<string> {
  let told = "";
  socket.on("data", (bytes) => {
    told += bytes;
  });
  socket.on("error", () => {});
  await once(socket, "close");
  return told;
}

test("a head that never ends is given up", async () => {
  const open = await listening({ headMs: 100 });
  const socket = open();
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test("a connection on which nothing comes is closed", async () => {
  const open = await listening({ headMs: 100 });
  await untilClosed(open());
});

test("a body that comes byte by byte is given up", async () => {
  const open = await listening({ headMs: 100, requestMs: 300 });
  const socket = open();
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  const drip = setInterval(() => socket.writable && socket.write("a"), 20);
  onTestFinished(() => clearInterval(drip));
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test("a client that never reads its answer is cut off", async () => {
  const open = await listening({ silentMs: 200 }, (_req, res) => {
    res.end(Buffer.alloc(64 * 1024 * 1024));
  });
  const socket = open();
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  socket.pause();
  socket.on("error", () => {});
  const closed = once(socket, "close");
  // what it left unread stands before the end it is to notice
  setTimeout(() => socket.resume(), 2000);
  await closed;
  expect(socket.bytesRead).toBeLessThan(64 * 1024 * 1024);
});

test("more connections than there is room for are closed, the others answered", async () => {
  const open = await listening({ connections: 2 });
  const [first, second] = [open(), open()];
  await Promise.all([once(first, "connect"), once(second, "connect")]);
  first.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(first, "data");
  second.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(second, "data");
  expect(await untilClosed(open())).toBe("");
  first.destroy();
  second.destroy();
});

/** Holds at most two connections of an address; only 127.0.0.9 is a proxy. */
async function sharedOut() {
  const server = createLimitedServer().on("request", (_req, res) => res.end("ok"));
  limitPerAddress(server, { connections: 2, isProxy: (address) => address.endsWith("127.0.0.9") });
  const open = await connectionsTo(server);
  return async (localAddress: string) => {
    const socket = open(localAddress);
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const isAnswered = await Promise.race([
      once(socket, "data").then(() => true),
      once(socket, "close").then(() => false),
    ]);
    return { socket, isAnswered };
  };
}

test("an address that takes more than its share is closed, and the others are answered", async () => {
  const ask = await sharedOut();
  const answered = async (address: string) => (await ask(address)).isAnswered;
  expect([await answered("127.0.0.1"), await answered("127.0.0.1")]).toEqual([true, true]);
  expect(await answered("127.0.0.1")).toBe(false);
  expect(await answered("127.0.0.2")).toBe(true);
});

test("a connection that ends makes room for the next of its address", async () => {
  const ask = await sharedOut();
  const { socket } = await ask("127.0.0.1");
  await ask("127.0.0.1");
  expect((await ask("127.0.0.1")).isAnswered).toBe(false);
  socket.destroy();
  await expect.poll(async () => (await ask("127.0.0.1")).isAnswered).toBe(true);
});

test("a proxy speaks for as many as it likes", async () => {
  const ask = await sharedOut();
  for (let n = 0; n < 6; n++) expect((await ask("127.0.0.9")).isAnswered).toBe(true);
});
