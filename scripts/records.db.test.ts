// `npm run audit` and `npm run reconcile`, as processes, against a database and a Twilio of their own.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { type EngineStack, startEngineStack } from "#e2e/testing/engine-stack.ts";
import { accepted, answer, claimNext, messageRow, unknown } from "#server/testing/engine.ts";
import { makeLaunched } from "#server/testing/factories.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let stack: EngineStack;

beforeEach(async () => {
  database = await testDatabase();
  stack = await startEngineStack(database, {
    env: { SEND_INTERVAL_MS: "0" },
    simulator: { autoProgress: false },
  });
  onTestFinished(() => stack.close());
});

type Ended = { code: number | null; out: string; err: string };

async function run(command: "audit" | "reconcile", variables: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ["scripts/run.mjs", command], {
    env: {
      ...process.env,
      RELANCE_SUPERVISED: "yes",
      ...stack.variables,
      ...variables,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out: plain(out), err: plain(err) };
}

const plain = (output: string) => output.replace(/[\u00a0\u202f]/g, " ");

/** What arrives this way never calls back. */
const silent = () => createTwilioGateway({ ...stack.env, webhookBaseUrl: "http://127.0.0.1:9" });

async function claimed() {
  const { senderId } = await makeLaunched(database.db, 1, {}, stack.env);
  const claim = { ...(await claimNext(database.db, senderId)), senderId };
  const arrive = async () => {
    const sent = await silent().send({ ...claim, to: claim.toAddress, from: claim.fromAddress });
    if (sent.kind !== "accepted") throw new Error(JSON.stringify(sent));
    return sent.sid;
  };
  return { ...claim, arrive, number: claim.toAddress.replace("whatsapp:", "") };
}

test("the audit is green and ends with 0; one wrong row makes it red, names the row and ends with 1", async () => {
  const { messageId, senderId, attemptId } = await claimed();
  await answer(database.db, { messageId, attemptId, senderId }, accepted("SM1"));
  const green = await run("audit");
  expect(green).toMatchObject({ code: 0, err: "" });
  expect(green.out).toContain("✓ Aucun double envoi");
  expect(green.out).toContain("1 message, 1 tentative, 2 événements examinés.\nTout concorde.");
  await database.db.update(messages).set({ whatsappMessageId: "SM2" }).where(eq(messages.id, messageId));
  const red = await run("audit");
  expect(red.code).toBe(1);
  expect(red.out).toContain("✗ Tentatives : 1 ligne en défaut.");
  expect(red.out).toMatch(/\/campagnes\/\d+\/messages\/\d+ : Envoyé : la référence Twilio n’est pas celle/);
  expect(red.out).toContain("1 contrôle en défaut.");
});

test("an audit that cannot reach its database says so and ends with 1", async () => {
  const ended = await run("audit", { DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing" });
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining("L’audit n’a pas pu se faire") });
});

test("reconcile finds what was uncertain, what has news and what was answered, long before it is due, once", async () => {
  const { db } = database;
  const lost = await claimed();
  const lostSid = await lost.arrive();
  await answer(db, lost, unknown);
  const late = await claimed();
  const lateSid = await late.arrive();
  await answer(db, late, accepted(lateSid));
  await stack.twilio.setStatus(lateSid, "read");
  await stack.twilio.inbound({ phone: late.number, text: "Bonjour", deliver: false });
  const ended = await run("reconcile");
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.out).toMatch(/Message \d+ \(\+33…\d\d\) : À vérifier → Envoyé, retrouvé chez Twilio/);
  expect(ended.out).toMatch(/Message \d+ \(\+33…\d\d\) : Envoyé → Lu, Twilio le dit lu/);
  expect(ended.out).toMatch(/Réponse de \+33…\d\d retrouvée : Message 2 mis en file/);
  expect(ended.out).toContain("2 messages interrogés.\n3 changements.");
  expect(ended.out + ended.err).not.toContain(late.number);
  expect(await messageRow(db, lost.messageId)).toMatchObject({ status: "sent", whatsappMessageId: lostSid });
  expect(await messageRow(db, late.messageId)).toMatchObject({ status: "read" });
  expect((await run("reconcile")).out).toContain("Rien à changer.");
});

test("what is found and cannot be applied yet is kept, and ends it with 1", async () => {
  const { db } = database;
  const { messageId, attemptId, senderId, number } = await claimed();
  await answer(db, { messageId, attemptId, senderId }, accepted("SM1"));
  await db.execute(sql`alter table interactions add constraint no_poison check (content <> 'Poison')`);
  await stack.twilio.inbound({ phone: number, text: "Poison", deliver: false });
  const ended = await run("reconcile");
  expect(ended.code).toBe(1);
  expect(ended.out).toMatch(/Réponse de \+33…\d\d retrouvée : conservée, pas encore appliquée/);
  expect(ended.err).not.toContain(number);
});

test("several candidates are left to the admin, and a Twilio that does not answer ends it with 1", async () => {
  const { db } = database;
  const lost = await claimed();
  await lost.arrive();
  await lost.arrive();
  await answer(db, lost, unknown);
  const ended = await run("reconcile");
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.out).toContain("1 message attend une décision");
  expect(await messageRow(db, lost.messageId)).toMatchObject({ reason: "several_candidates" });
  await stack.twilio.fault({ request: "list", times: null, behaviour: { kind: "http-error", status: 503 } });
  const failed = await run("reconcile");
  expect(failed).toMatchObject({ code: 1, err: expect.stringContaining("Twilio n’a pas répondu") });
});
