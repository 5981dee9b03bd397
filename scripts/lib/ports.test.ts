import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "#scripts/lib/ports.ts";

test("the preferred port is taken when it is free, else another, never one of those taken", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port: occupied } = server.address() as AddressInfo;
  const other = await freePort(occupied);
  expect(other).not.toBe(occupied);
  expect(await freePort(other)).toBe(other);
  expect(await freePort(other, [other])).not.toBe(other);
});
