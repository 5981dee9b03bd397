import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, ana, listenForWebhooks, sandbox, simulate } from "./test-support.ts";

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };

test("a delivered message calls back sent, delivered and read, signed, with Twilio's fields", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  const statusCallback = `${webhook.url}?attempt=5f0c%2Fa+b&empty=#rc=5&rp=all`;
  const { sid } = await api.messages.create({ ...template, statusCallback });
  await sim.flush();

  expect(webhook.statuses()).toEqual(["sent", "delivered", "read"]);
  for (const { url, signed, headers } of webhook.received) {
    expect(url).toBe(`${webhook.url}?attempt=5f0c%2Fa+b&empty=`);
    expect(signed).toBe(true);
    expect(headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
  }
  const common = {
    SmsSid: sid,
    ChannelToAddress: "+3361234XXXX",
    To: `whatsapp:${ana}`,
    ChannelPrefix: "whatsapp",
    MessageSid: sid,
    AccountSid: accountSid,
    From: sandbox,
    ApiVersion: "2010-04-01",
    ChannelInstallSid: expect.stringMatching(/^XE[0-9a-f]{32}$/),
  };
  expect(webhook.received.map(({ fields }) => fields)).toEqual([
    { ...common, SmsStatus: "sent", MessageStatus: "sent", StructuredMessage: "true" },
    { ...common, SmsStatus: "delivered", MessageStatus: "delivered", EventType: "DELIVERED" },
    { ...common, SmsStatus: "read", MessageStatus: "read", EventType: "READ" },
  ]);
});

test("a failed message calls back once, with the code and the channel's text", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate();
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.received.map(({ fields }) => fields)).toEqual([
    expect.objectContaining({
      MessageStatus: "failed",
      SmsStatus: "failed",
      ErrorCode: "63015",
      ChannelStatusMessage: expect.stringContaining("joined the Sandbox"),
    }),
  ]);
});

test("without a StatusCallback the sandbox's own address is called, or nobody", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await api.messages.create(template);
  await sim.flush();
  expect(webhook.received).toEqual([]);
  await sim.settings({ statusCallbackUrl: webhook.url });
  await api.messages.create(template);
  await sim.flush();
  expect(webhook.statuses()).toEqual(["sent", "delivered", "read"]);
});

test("statuses come by themselves after their delays; idle waits for the last one", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({
    autoJoin: "all",
    statusDelaysMs: { sent: 20, delivered: 40, read: 60 },
  });
  await sim.idle();
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.idle();
  expect(webhook.statuses()).toEqual(["sent", "delivered", "read"]);
});

test("a time scale of 0 delivers at once; idle gives up after its time", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all", timeScale: 0 });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.idle();
  expect(webhook.received).toHaveLength(3);

  await sim.settings({ timeScale: 1000 });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await expect(sim.idle({ timeoutMs: 20 })).rejects.toThrow("3 callbacks still pending");
});

test("a slow webhook gets the callbacks of one message one at a time, those of several together", async () => {
  let active = 0;
  let most = 0;
  const webhook = await listenForWebhooks(async () => {
    active += 1;
    most = Math.max(most, active);
    await delay(15);
    active -= 1;
    return 200;
  });
  const { api, sim } = await simulate({ autoJoin: "all" });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.statuses()).toEqual(["sent", "delivered", "read"]);
  expect(most).toBe(1);
  for (let n = 0; n < 4; n++) await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(most).toBe(4);
});

test("the connections to a webhook are bounded", async () => {
  let active = 0;
  let most = 0;
  const webhook = await listenForWebhooks(async () => {
    active += 1;
    most = Math.max(most, active);
    await delay(5);
    active -= 1;
    return 200;
  });
  const { api, sim } = await simulate({ callbackConcurrency: 2 });
  for (let n = 0; n < 8; n++) await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.received).toHaveLength(8);
  expect(most).toBe(2);
});

test("a 5xx is retried as often as rc and rp allow, each time with the same token", async () => {
  const webhook = await listenForWebhooks((nth) => (nth <= 2 ? 503 : 200));
  const { api, sim } = await simulate();
  const { sid } = await api.messages.create({ ...template, statusCallback: `${webhook.url}#rc=5&rp=all` });
  await sim.flush();
  expect(webhook.statuses()).toEqual(["failed", "failed", "failed"]);
  expect(new Set(webhook.received.map(({ token }) => token)).size).toBe(1);
  const [message] = await sim.messages({ sid });
  expect(message?.callbacks.map(({ attempt, result }) => [attempt, result])).toEqual([
    [1, 503],
    [2, 503],
    [3, 200],
  ]);
});

test("retries are bounded, and by default a 5xx is not retried at all", async () => {
  const webhook = await listenForWebhooks(() => 500);
  const { api, sim } = await simulate();
  await api.messages.create({ ...template, statusCallback: `${webhook.url}#rc=2&rp=5xx` });
  await sim.flush();
  expect(webhook.received).toHaveLength(3);
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.received).toHaveLength(4);
});

test("a connection that cannot be made is retried once by default", async () => {
  const { api, sim } = await simulate();
  const { sid } = await api.messages.create({ ...template, statusCallback: "http://127.0.0.1:9/status" });
  await sim.flush();
  const [message] = await sim.messages({ sid });
  expect(message?.callbacks.map(({ result }) => result)).toEqual(["connect", "connect"]);
});

test("a connection cut by the webhook counts as a failed read", async () => {
  const webhook = await listenForWebhooks((nth) => (nth === 1 ? null : 200));
  const { api, sim } = await simulate();
  const { sid } = await api.messages.create({ ...template, statusCallback: `${webhook.url}#rc=1&rp=rt` });
  await sim.flush();
  const [message] = await sim.messages({ sid });
  expect(message?.callbacks.map(({ result }) => result)).toEqual(["reset", 200]);
});

test("callbacks are signed with the token of the moment", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate();
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.settings({ authToken: "the-next-token" });
  await sim.flush();
  expect(webhook.received.map(({ signed }) => signed)).toEqual([false]);
});

test("a status can be set by hand, in any order; what was planned is dropped", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.setStatus(sid, "sent");
  await sim.setStatus(sid, "failed", 63018);
  await sim.setStatus(sid, "delivered");
  await sim.flush();
  expect(webhook.statuses()).toEqual(["sent", "failed", "delivered"]);
  expect(webhook.received[1]?.fields.ErrorCode).toBe("63018");
  expect(await api.messages(sid).fetch()).toMatchObject({ status: "delivered", errorCode: null });
});

test("without autoProgress a message stays queued", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all", autoProgress: false });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.received).toEqual([]);
  expect((await api.messages(sid).fetch()).status).toBe("queued");
});
