import twilio from "twilio";
import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import type { FaultInput } from "./faults.ts";
import {
  accountSid,
  ana,
  bob,
  listenForWebhooks,
  rejection,
  sandbox,
  sdk,
  simulate,
} from "./test-support.ts";

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };

test.each([
  [{ kind: "cut", accepted: false }, 0],
  [{ kind: "cut", accepted: true }, 1],
] as const)("%o: the client sees a reset connection either way", async (behaviour, created) => {
  const { api, sim } = await simulate();
  await sim.fault({ behaviour });
  const error = await rejection(api.messages.create(template));
  expect(error).not.toBeInstanceOf(twilio.RestException);
  expect(error.code).toBe("ECONNRESET");
  expect(await sim.messages({ to: ana })).toHaveLength(created);
  await api.messages.create(template);
  expect(await sim.messages({ to: ana })).toHaveLength(created + 1);
  expect((await sim.requests()).map(({ result }) => result)).toEqual(["cut", 201]);
});

test.each([
  [false, 0],
  [true, 1],
])("no answer at all, accepted: %s", async (accepted, created) => {
  const { url, sim } = await simulate();
  await sim.fault({ behaviour: { kind: "no-answer", accepted } });
  const error = await rejection(sdk(url, { timeout: 60 }).messages.create(template));
  expect(error.code).toBe("ECONNABORTED");
  expect(await sim.messages()).toHaveLength(created);
});

test("a slow answer comes late; the message is there, and called back, before it", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.fault({ behaviour: { kind: "slow", ms: 120 } });
  const startedAt = performance.now();
  let answered = false;
  const creating = api.messages.create({ ...template, statusCallback: webhook.url }).then(() => {
    answered = true;
  });
  while ((await sim.messages()).length === 0);
  await sim.flush();
  expect(webhook.statuses()).toContain("read");
  expect(answered).toBe(false);
  await creating;
  expect(performance.now() - startedAt).toBeGreaterThan(115);
});

test.each([
  [{ status: 429 }, 20429, 0],
  [{ status: 500 }, 20500, 0],
  [{ status: 500, accepted: true }, 20500, 1],
  [{ status: 503, accepted: true }, 20503, 1],
  [{ status: 502, html: true }, undefined, 0],
  [{ status: 400, code: 63007 }, 63007, 0],
  [{ status: 429, code: 63038 }, 63038, 0],
])("an error %o in place of the answer", async (error, code, created) => {
  const { api, sim } = await simulate();
  await sim.fault({ behaviour: { kind: "http-error", ...error } });
  const refused = await rejection(api.messages.create(template));
  expect(refused).toBeInstanceOf(twilio.RestException);
  expect(refused.status).toBe(error.status);
  expect(refused.code).toBe(code);
  expect(await sim.messages()).toHaveLength(created);
});

test("a fault hits the next request, the next so many, or all", async () => {
  const { api, sim } = await simulate();
  const outcomes = async (count: number) => {
    const all: string[] = [];
    for (let n = 0; n < count; n++)
      all.push(
        await api.messages.create(template).then(
          () => "ok",
          () => "error",
        ),
      );
    return all.join(" ");
  };
  const behaviour = { kind: "http-error", status: 500 } as const;
  await sim.fault({ behaviour });
  expect(await outcomes(2)).toBe("error ok");
  await sim.fault({ behaviour, times: 2 });
  expect(await outcomes(3)).toBe("error error ok");
  const { id } = await sim.fault({ behaviour, times: null });
  expect(await outcomes(4)).toBe("error error error error");
  await sim.removeFault(id);
  expect(await outcomes(1)).toBe("ok");
  expect((await sim.faults()).map(({ hits }) => hits)).toEqual([1, 2]);
});

test("a fault for one To leaves the others alone", async () => {
  const { api, sim } = await simulate();
  await sim.fault({ to: bob, behaviour: { kind: "http-error", status: 500 } });
  await api.messages.create(template);
  expect(await rejection(api.messages.create({ ...template, to: `whatsapp:${bob}` }))).toMatchObject({
    status: 500,
  });
});

test("by probability the same seed strikes the same requests", async () => {
  const { api, sim } = await simulate();
  const pattern = async (seed: number) => {
    await sim.clearFaults();
    await sim.fault({ probability: 0.5, seed, behaviour: { kind: "http-error", status: 500 } });
    let struck = "";
    for (let n = 0; n < 20; n++)
      struck += await api.messages.create(template).then(
        () => ".",
        () => "x",
      );
    return struck;
  };
  const first = await pattern(7);
  expect(first).toMatch(/x/);
  expect(first).toMatch(/\./);
  expect(await pattern(7)).toBe(first);
  expect(await pattern(8)).not.toBe(first);
});

test("Twilio can be down as a whole", async () => {
  const { api, sim } = await simulate();
  await sim.fault({ request: "any", times: null, behaviour: { kind: "http-error", status: 503 } });
  for (const request of [
    api.messages.create(template),
    api.messages.list(),
    api.api.v2010.accounts(accountSid).fetch(),
    api.content.v2.contents.list(),
  ])
    expect(await rejection(request)).toMatchObject({ status: 503 });
  await sim.clearFaults();
  expect(await api.messages.list()).toEqual([]);
});

test("a message can be made to fail later with any code", async () => {
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.fault({ behaviour: { kind: "fail", code: 63024, status: "undelivered" } });
  const { sid } = await api.messages.create(template);
  await sim.flush();
  expect(await api.messages(sid).fetch()).toMatchObject({ status: "undelivered", errorCode: 63024 });
});

test.each<[FaultInput["behaviour"], string[]]>([
  [{ kind: "callbacks-twice" }, ["sent", "sent", "delivered", "delivered", "read", "read"]],
  [{ kind: "callbacks-twice", statuses: ["delivered"] }, ["sent", "delivered", "delivered", "read"]],
  [{ kind: "callbacks-reversed" }, ["read", "delivered", "sent"]],
  [{ kind: "callbacks-lost" }, []],
  [{ kind: "callbacks-lost", statuses: ["sent", "read"] }, ["delivered"]],
  [{ kind: "callbacks-late", ms: 60_000, statuses: ["sent"] }, ["delivered", "read", "sent"]],
])("callbacks disturbed by %o", async (behaviour, statuses) => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.fault({ behaviour });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.statuses()).toEqual(statuses);
  expect(webhook.received.every(({ signed }) => signed)).toBe(true);
  expect((await api.messages(sid).fetch()).status).toBe("read");
});

test("lost callbacks are in the message's log", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate();
  await sim.fault({ behaviour: { kind: "callbacks-lost" } });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  const [message] = await sim.messages({ sid });
  expect(message?.callbacks).toMatchObject([{ status: "failed", result: "lost", attempt: 0 }]);
});

test("repeated deliveries of one event carry one token, different events different ones", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.fault({ behaviour: { kind: "callbacks-twice" } });
  await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  const tokens = webhook.received.map(({ token }) => token);
  expect(tokens[0]).toBe(tokens[1]);
  expect(new Set(tokens).size).toBe(3);
});

test("several faults at once: one replaces the answer, the others still do their part", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.fault({ behaviour: { kind: "cut", accepted: true } });
  await sim.fault({ behaviour: { kind: "http-error", status: 500 } });
  await sim.fault({ behaviour: { kind: "callbacks-reversed" } });
  expect(await rejection(api.messages.create({ ...template, statusCallback: webhook.url }))).toMatchObject({
    code: "ECONNRESET",
  });
  await sim.flush();
  expect(webhook.statuses()).toEqual(["read", "delivered", "sent"]);
  expect(await rejection(api.messages.create(template))).toMatchObject({ status: 500 });
});
