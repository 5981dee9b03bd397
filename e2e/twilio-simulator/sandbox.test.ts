import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { ana, bob, hour, rejection, sandbox, simulate } from "./test-support.ts";

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };
const freeText = { to: `whatsapp:${ana}`, from: sandbox, body: "Bonjour Ana" };

type Simulation = Awaited<ReturnType<typeof simulate>>;

/** Where a message ends when everything has happened. */
async function send({ api, sim }: Simulation, message: typeof template | typeof freeText) {
  const { sid } = await api.messages.create(message);
  await sim.flush();
  const { status, errorCode } = await api.messages(sid).fetch();
  return { status, errorCode };
}

const read = { status: "read", errorCode: null };
const failed = (errorCode: number) => ({ status: "failed", errorCode });

test("a phone that never joined is accepted, then fails with 63015", async () => {
  const simulation = await simulate();
  expect(await send(simulation, template)).toEqual(failed(63015));
});

test("a phone that joined receives templates and, within the window, free text", async () => {
  const simulation = await simulate();
  const { reply, sid } = await simulation.sim.join(ana);
  expect(reply).toContain("You are all set!");
  expect(sid).toBeNull();
  expect(await send(simulation, template)).toEqual(read);
  expect(await send(simulation, freeText)).toEqual(read);
});

test("the membership ends 72 h after the join and starts again with the next one", async () => {
  const simulation = await simulate();
  await simulation.sim.join(ana);
  await simulation.sim.advance(72 * hour - 60_000);
  await simulation.sim.inbound({ phone: ana, text: "Encore là" });
  expect(await send(simulation, template)).toEqual(read);
  await simulation.sim.advance(60_000);
  expect(await send(simulation, template)).toEqual(failed(63015));
  await simulation.sim.join(ana);
  expect(await send(simulation, template)).toEqual(read);
});

test("free text fails with 63016 24 h after the last word of the phone, a template does not", async () => {
  const simulation = await simulate();
  await simulation.sim.join(ana);
  await simulation.sim.advance(23 * hour);
  await simulation.sim.inbound({ phone: ana, text: "Oui" });
  await simulation.sim.advance(24 * hour - 60_000);
  expect(await send(simulation, freeText)).toEqual(read);
  await simulation.sim.advance(60_000);
  expect(await send(simulation, freeText)).toEqual(failed(63016));
  expect(await send(simulation, template)).toEqual(read);
});

test("a phone that sent stop is out, whatever the capitals", async () => {
  const simulation = await simulate();
  await simulation.sim.join(ana);
  await simulation.sim.inbound({ phone: ana, text: " STOP " });
  expect(await send(simulation, template)).toEqual(failed(63015));
  expect(await simulation.sim.phone(ana)).toMatchObject({ member: false, joinedAt: null });
});

test("a wrong join code joins nothing", async () => {
  const simulation = await simulate({ joinCode: "paper-plane" });
  expect((await simulation.sim.join(ana, "other-words")).reply).toContain("not found");
  expect(await send(simulation, template)).toEqual(failed(63015));
  await simulation.sim.inbound({ phone: ana, text: "Join Paper-Plane" });
  expect(await send(simulation, template)).toEqual(read);
});

test("the second message within 3 s fails with 63018; one a tenth of the interval early does not", async () => {
  const simulation = await simulate({ minIntervalMs: 3000, autoJoin: "all" });
  const { sim } = simulation;
  expect(await send(simulation, template)).toEqual(read);
  await sim.advance(2000);
  expect(await send(simulation, template)).toEqual(failed(63018));
  await sim.advance(700);
  expect(await send(simulation, template)).toEqual(read);
  await sim.advance(3000);
  expect(await send(simulation, template)).toEqual(read);
});

test("the rate belongs to the sandbox number, not to each phone; without tolerance it is exact", async () => {
  const simulation = await simulate({ minIntervalMs: 3000, intervalTolerance: 0, autoJoin: "all" });
  await send(simulation, template);
  await simulation.sim.advance(2800);
  expect(await send(simulation, { ...template, to: `whatsapp:${bob}` })).toEqual(failed(63018));
});

test("the rate can be refused at once instead, with 429 and 20429", async () => {
  const simulation = await simulate({ minIntervalMs: 3000, rateLimitAnswer: "sync", autoJoin: "all" });
  await send(simulation, template);
  const error = await rejection(simulation.api.messages.create(template));
  expect(error).toMatchObject({ status: 429, code: 20429 });
  expect(await simulation.sim.messages()).toHaveLength(1);
});

test("what a request that was refused at once costs is not counted in the rate", async () => {
  const simulation = await simulate({ minIntervalMs: 3000, autoJoin: "all" });
  await rejection(simulation.api.messages.create({ ...template, to: "whatsapp:+1" }));
  expect(await send(simulation, template)).toEqual(read);
});

test("a variable with a line break fails later with 63013, a long template with 63021", async () => {
  const simulation = await simulate({ autoJoin: "all" });
  const filled = (code: string) => ({
    ...template,
    contentVariables: JSON.stringify({ 1: "Relance", 2: code }),
  });
  expect(await send(simulation, filled("a\nb"))).toEqual(failed(63013));
  expect(await send(simulation, filled("x".repeat(1024)))).toEqual(failed(63021));
});

test("a template that WhatsApp paused fails; one it has not approved needs an open window", async () => {
  const simulation = await simulate();
  const [content] = (await simulation.sim.contents()).filter(({ sid }) => sid === DEFAULT_CONTENT_SID);
  if (!content) throw new Error("no default template");
  await simulation.sim.join(ana);
  await simulation.sim.putContent({ ...content, approval: "paused" });
  expect(await send(simulation, template)).toEqual(failed(63041));
  await simulation.sim.putContent({ ...content, approval: "pending" });
  expect(await send(simulation, template)).toEqual(read);
  await simulation.sim.advance(25 * hour);
  expect(await send(simulation, template)).toEqual(failed(63016));
});

test("phones can be joined without a word: the listed ones, or all but those that left", async () => {
  const simulation = await simulate({ autoJoin: [ana] });
  expect(await send(simulation, template)).toEqual(read);
  expect(await send(simulation, { ...template, to: `whatsapp:${bob}` })).toEqual(failed(63015));
  await simulation.sim.settings({ autoJoin: "all" });
  expect(await send(simulation, { ...template, to: `whatsapp:${bob}` })).toEqual(read);
  await simulation.sim.stop(bob);
  expect(await send(simulation, { ...template, to: `whatsapp:${bob}` })).toEqual(failed(63015));
});

test("a phone that does not show what it reads stops at delivered, until it does", async () => {
  const simulation = await simulate({ autoJoin: "all" });
  const delivered = { status: "delivered", errorCode: null };
  await simulation.sim.updatePhone(ana, { reads: false });
  expect(await send(simulation, template)).toEqual(delivered);
  await simulation.sim.settings({ autoRead: false });
  expect(await send(simulation, { ...template, to: `whatsapp:${bob}` })).toEqual(delivered);
  await simulation.sim.updatePhone(ana, { reads: true });
  expect(await send(simulation, template)).toEqual(read);

  expect(await simulation.sim.read(bob)).toEqual({ read: 1 });
  const [message] = await simulation.sim.messages({ to: bob });
  expect(message?.status).toBe("read");
});
