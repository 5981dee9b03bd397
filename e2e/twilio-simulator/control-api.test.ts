import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { ana, bob, hour, listenForWebhooks, sandbox, simulate } from "./test-support.ts";

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };

test("reset brings back the state after the start and forgets callbacks to come", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ minIntervalMs: 5 });
  await sim.join(ana);
  await sim.advance(hour);
  await sim.settings({ minIntervalMs: 9000, authToken: "a-token-for-tests" });
  await sim.removeContent(DEFAULT_CONTENT_SID);
  await sim.putContent({ sid: `HX${"1".repeat(32)}`, friendlyName: "x", types: {} });
  await sim.fault({ behaviour: { kind: "cut", accepted: true } });
  await api.messages
    .create({ ...template, statusCallback: webhook.url, contentSid: `HX${"1".repeat(32)}` })
    .catch(() => null);
  await sim.reset();
  await sim.idle();

  expect(await sim.settings()).toMatchObject({ minIntervalMs: 5 });
  expect(await sim.phones()).toEqual([]);
  expect(await sim.messages()).toEqual([]);
  expect(await sim.faults()).toEqual([]);
  expect(await sim.requests()).toEqual([]);
  expect((await sim.clock()).offsetMs).toBe(0);
  expect((await sim.contents()).map(({ sid }) => sid)).toContain(DEFAULT_CONTENT_SID);
  expect(webhook.received).toEqual([]);
});

test("messages are found by recipient, status and more, with the moment of their acceptance", async () => {
  const { api, sim } = await simulate();
  await sim.join(ana);
  const before = (await sim.clock()).now;
  const first = await api.messages.create(template);
  await api.messages.create({ ...template, to: `whatsapp:${bob}` });
  await sim.advance(3000);
  const third = await api.messages.create(template);
  await sim.flush();

  const messages = await sim.messages({ to: ana, direction: "outbound-api" });
  expect(messages.map(({ sid }) => sid)).toEqual([first.sid, third.sid]);
  expect(messages[0]).toMatchObject({ to: ana, from: "+14155238886", contentSid: DEFAULT_CONTENT_SID });
  const [one, two] = messages.map(({ acceptedAt }) => acceptedAt) as [number, number];
  expect(one).toBeGreaterThanOrEqual(before);
  expect(two - one).toBeGreaterThanOrEqual(3000);
  expect(await sim.messages({ status: "failed" })).toMatchObject([{ to: bob, errorCode: 63015 }]);
  expect(await sim.messages({ limit: 1 })).toMatchObject([{ sid: third.sid }]);
  expect(await sim.summary()).toEqual({ messages: 3, byStatus: { read: 2, failed: 1 }, pendingCallbacks: 0 });
});

test("the requests received are listed with what became of them", async () => {
  const { api, sim } = await simulate();
  const { sid } = await api.messages.create(template);
  await api.messages.create({ ...template, to: "whatsapp:+1" }).catch(() => null);
  expect(await sim.requests()).toMatchObject([
    { method: "POST", result: 201, messageSid: sid, form: { To: `whatsapp:${ana}`, From: sandbox } },
    { method: "POST", result: 400, messageSid: null, errorCode: 21211 },
  ]);
});

test("phones are listed with what they may receive", async () => {
  const { sim } = await simulate();
  await sim.join("+33 6 12 34 56 78");
  await sim.advance(25 * hour);
  expect(await sim.phones()).toMatchObject([{ address: ana, member: true, windowOpen: false, reads: null }]);
  expect(await sim.phone(bob)).toMatchObject({ address: bob, member: false });
});

test("part of the delays can be changed; the rest stays", async () => {
  const { sim } = await simulate();
  const before = await sim.settings();
  const after = await sim.settings({ statusDelaysMs: { read: 9 } });
  expect(after).toEqual({ ...before, statusDelaysMs: { ...before.statusDelaysMs, read: 9 } });
});

test("nonsense is refused with an explanation and changes nothing", async () => {
  const { url, sim } = await simulate();
  const before = await sim.settings();
  await expect(sim.settings({ minIntervalMs: -1 })).rejects.toThrow("minIntervalMs");
  await expect(sim.setStatus("SM1", "sent")).rejects.toThrow("no message SM1");
  await expect(sim.removeFault("fault-9")).rejects.toThrow("no fault fault-9");
  const post = (path: string, body: string, type = "application/json") =>
    fetch(`${url}/_sim/${path}`, { method: "POST", headers: { "content-type": type }, body });
  expect((await post("advance", '{"minutes":3}')).status).toBe(400);
  expect((await post("advance", "{")).status).toBe(400);
  expect((await post("nothing", "{}")).status).toBe(404);
  expect((await post("phones", "{}")).status).toBe(405);
  expect((await post("reset", "a=1", "application/x-www-form-urlencoded")).status).toBe(415);
  expect(await sim.settings()).toEqual(before);
});
