import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { ana, bob, hour, listenForWebhooks, sandbox, simulate } from "./test-support.ts";

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };
const withButtons = {
  ...template,
  contentSid: "HX7a3e1d0c5b9f48e2a6d4c8b0f1e2d3a4",
  contentVariables: JSON.stringify({ 1: "Ana", 2: "lundi", 3: "9 h" }),
};

test("what is sent to a phone off the network is delivered and read when it is back", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.updatePhone(ana, { online: false });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  expect(webhook.statuses()).toEqual(["sent"]);
  expect((await sim.messages({ sid }))[0]?.status).toBe("sent");
  expect((await sim.overview(ana)).phone).toMatchObject({ online: false, waiting: 1, screen: [] });

  await sim.updatePhone(ana, { online: true });
  expect(webhook.statuses()).toEqual(["sent", "delivered", "read"]);
  expect((await sim.overview(ana)).phone).toMatchObject({ waiting: 0, screen: [{ id: sid, read: true }] });
});

test("a message whose status was set by hand no longer waits for its phone", async () => {
  const webhook = await listenForWebhooks();
  const { api, sim } = await simulate({ autoJoin: "all" });
  await sim.updatePhone(ana, { online: false });
  const { sid } = await api.messages.create({ ...template, statusCallback: webhook.url });
  await sim.flush();
  await sim.setStatus(sid, "failed", 63024);
  await sim.updatePhone(ana, { online: true });
  expect(webhook.statuses()).toEqual(["sent", "failed"]);
});

test("a phone off the network says nothing", async () => {
  const { sim } = await simulate();
  await sim.updatePhone(ana, { online: false });
  await expect(sim.join(ana)).rejects.toThrow("the phone is offline");
  expect(await sim.phone(ana)).toMatchObject({ member: false });
});

test("the screen shows what arrived and what was said, the sandbox's words among them, in order", async () => {
  const { api, sim } = await simulate();
  await sim.inbound({ phone: ana, text: "Bonjour ?" });
  await sim.join(ana);
  const { sid } = await api.messages.create(withButtons);
  await api.messages.create({ ...template, to: `whatsapp:${bob}` });
  await sim.flush();
  await sim.advance(1);
  await sim.inbound({ phone: ana, button: { text: "Je confirme", payload: "confirmer" }, repliedSid: sid });
  await sim.inbound({ phone: ana, reaction: { emoji: "👍", sid } });
  await sim.inbound({ phone: ana, location: { latitude: 48.85, longitude: 2.29 } });
  const { phone } = await sim.overview(ana);
  expect(phone?.screen.map(({ side, text }) => [side, text.slice(0, 24)])).toEqual([
    ["phone", "Bonjour ?"],
    ["sandbox", "Your number is not conne"],
    ["phone", "join paper-plane"],
    ["sandbox", "✅ You are all set! The s"],
    ["business", "Bonjour Ana, votre rende"],
    ["phone", "Je confirme"],
    ["phone", ""],
  ]);
  expect(phone?.screen[4]).toMatchObject({
    reactions: ["👍"],
    buttons: [
      { title: "Je confirme", payload: "confirmer" },
      { title: "Reporter", payload: "reporter" },
    ],
  });
  expect(phone?.screen[6]?.location).toEqual({ latitude: 48.85, longitude: 2.29 });
  expect((await sim.overview(bob)).phone?.screen).toEqual([]);
});

test("the overview counts what is unread, says until when, finds phones, and keeps the credentials to itself", async () => {
  const { api, sim } = await simulate({ autoRead: false });
  await sim.updatePhone(ana, { profileName: "Ana Durand" });
  await sim.join(ana);
  await sim.updatePhone(bob, { profileName: "Bob" });
  await api.messages.create(template);
  await sim.flush();
  const overview = await sim.overview(ana);
  const { now } = overview.clock;
  expect(overview.phone).toMatchObject({ unread: 1, member: true, windowOpen: true });
  expect((overview.phone?.memberUntil ?? 0) - now).toBeGreaterThan(71 * hour);
  expect((overview.phone?.windowUntil ?? 0) - now).toBeGreaterThan(23 * hour);
  expect(overview.phones.map(({ address }) => address)).toEqual([ana, bob]);
  expect((await sim.overview(null, "durand")).phones).toMatchObject([{ address: ana }]);
  expect(JSON.stringify(overview)).not.toContain("a-token-for-tests");
});

test("the journal has the requests and every attempt of a webhook, with what was answered and what was lost", async () => {
  const webhook = await listenForWebhooks((nth) => (nth === 1 ? 500 : 200));
  const { api, sim } = await simulate({ autoJoin: "all", autoRead: false, retryDelayMs: 1 });
  await sim.fault({ behaviour: { kind: "callbacks-lost", statuses: ["delivered"] } });
  await api.messages.create({ ...template, statusCallback: `${webhook.url}#rc=2&rp=5xx` });
  await sim.flush();
  const { journal } = await sim.overview(ana);
  expect(journal).toMatchObject([
    { kind: "request", method: "POST", result: 201 },
    { kind: "webhook", attempt: 1, result: 500, fields: { MessageStatus: "sent" } },
    { kind: "webhook", attempt: 2, result: 200, answer: "<Response/>" },
    { kind: "webhook", attempt: 0, result: "lost", fields: { MessageStatus: "delivered" } },
  ]);
});

test("a fault with the name of another takes its place", async () => {
  const { sim } = await simulate();
  const behaviour = { kind: "http-error", status: 429 } as const;
  await sim.fault({ name: "429", behaviour, probability: 0.1 });
  await sim.fault({ behaviour });
  await sim.fault({ name: "429", behaviour, probability: 0.5 });
  expect((await sim.faults()).map(({ name, probability }) => [name, probability])).toEqual([
    [undefined, undefined],
    ["429", 0.5],
  ]);
});
