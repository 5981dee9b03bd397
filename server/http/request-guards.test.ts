import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { webhookRate } from "#server/http/request-guards.ts";
import { createRate } from "#server/http/request-rates.ts";

test("webhooks have a measure of their own, however their address is written", async () => {
  const app = express();
  app.use(webhookRate({ webhooks: createRate(3) }));
  app.use((_req, res) => res.end("ok"));
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST" });
    await response.text();
    return [response.status, Number(response.headers.get("retry-after"))];
  };
  for (const path of ["/api/webhooks/twilio", "/API/webhooks/twilio/", "/api/%77ebhooks/twilio?x=1"]) {
    expect(await ask(path)).toEqual([200, 0]);
  }
  expect(await ask("/api/webhooks/twilio")).toEqual([429, expect.toSatisfy((s) => s > 0 && s <= 60)]);
  expect(await ask("/connexion")).toEqual([200, 0]);
});
