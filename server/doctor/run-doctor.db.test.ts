// Each check of the doctor in the states the command's tests do not reach, and its bounds in time.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { doctorText } from "#app/lib/doctor-text.ts";
import { connect } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { checkPublicAddress } from "#server/doctor/check-public-address.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { runDoctor } from "#server/doctor/run-doctor.ts";
import type { CheckKey } from "#server/doctor/views.ts";
import { examineEnv } from "#server/env.ts";
import { makeLaunched, testContentSid } from "#server/testing/factories.ts";
import { startProxy } from "#server/testing/proxy.ts";
import { registerWorker } from "#server/workers/heartbeat.ts";

async function setUp(variables: Record<string, string> = {}) {
  const database = await testDatabase();
  const stack = await startEngineStack(database);
  onTestFinished(() => stack.close());
  await registerWorker(database.db, randomUUID());
  await makeLaunched(database.db, 1, {}, stack.env);
  const { known, problems } = examineEnv({
    ...stack.variables,
    TWILIO_DEFAULT_CONTENT_SID: testContentSid,
    ...variables,
  });
  const context: DoctorContext = {
    settings: known,
    problems,
    db: database.db,
    patienceMs: 4000,
    now: Date.now,
  };
  const find = async (key: CheckKey, patch: Partial<DoctorContext> = {}) => {
    const checks = await runDoctor({ ...context, ...patch });
    const check = checks.find((one) => one.key === key);
    if (!check) throw new Error(key);
    return { ...check, ...doctorText(check) };
  };
  return { database, stack, context, find };
}

const execute = ({ db }: TestDatabase, statement: string) => db.execute(sql.raw(statement));

test("what nobody refuses to start without is told as useful", async () => {
  const { find } = await setUp({ TWILIO_SANDBOX_JOIN_CODE: "", TWILIO_DEFAULT_CONTENT_SID: "" });
  const check = await find("variables");
  expect(check.state).toBe("unknown");
  expect(check.said).toContain("TWILIO_SANDBOX_JOIN_CODE, TWILIO_DEFAULT_CONTENT_SID");
});

test("no value of a wrong variable is ever repeated", async () => {
  const token = "3f2a7c9e1b5d4f6a8c0e2b4d6f8a0c1e";
  const { find } = await setUp({ TWILIO_ACCOUNT_SID: token, DATABASE_URL: `postgres://u:${token}@h:1/x y` });
  const check = await find("variables");
  expect(check.said.replaceAll("\u00a0", " ")).toContain("TWILIO_ACCOUNT_SID : « Account SID » attendu");
  expect(check.said).not.toContain(token);
});

test("[EX-12.1] a token that only the previous variable has, an account that is closed, a Twilio that is silent", async () => {
  const swapped = await setUp({ TWILIO_AUTH_TOKEN: "other", TWILIO_AUTH_TOKEN_PREVIOUS: "simulator-token" });
  expect(await swapped.find("credentials")).toMatchObject({ state: "red", code: "only_previous" });
  const { stack, find } = await setUp();
  await stack.twilio.fault({
    request: "account",
    times: null,
    behaviour: { kind: "http-error", status: 503 },
  });
  expect(await find("credentials")).toMatchObject({ state: "unknown", code: "unreachable" });
  expect(await find("account_type")).toMatchObject({ state: "unknown", code: "needs_credentials" });
});

test("a trial account is to be looked at, and red once Twilio refused a free text", async () => {
  const { database, stack, find } = await setUp();
  await stack.twilio.settings({ accountType: "Trial" });
  expect(await find("account_type")).toMatchObject({ state: "unknown", code: "trial" });
  await execute(database, "update senders set pause_reason = 'account', pause_code = 21654");
  expect(await find("account_type")).toMatchObject({ state: "red", code: "trial_refuses_text" });
  expect(await find("sender")).toMatchObject({
    state: "red",
    code: "paused_account",
    facts: { code: 21654 },
  });
});

test("the sender is proved by what arrived, and by nothing less", async () => {
  const { database, find } = await setUp();
  expect(await find("sender")).toMatchObject({ state: "unknown", code: "never_sent" });
  await execute(database, "update messages set status = 'sent'");
  expect(await find("sender")).toMatchObject({ state: "unknown", code: "no_news" });
  await execute(database, "update messages set status = 'delivered'");
  expect(await find("sender")).toMatchObject({ state: "green" });
  await execute(database, "update senders set refusal_streak = 1");
  expect(await find("sender")).toMatchObject({ state: "red", code: "not_found" });
  await execute(
    database,
    `insert into message_attempts (message_id, number, slot_at, claimed_at, error_code)
      select min(id), 11, now() - interval '1 minute', now(), 63007 from messages
      union all select min(id), 12, now(), now(), 21606 from messages`,
  );
  expect((await find("sender"))?.said).toContain("(21606)");
  await execute(database, "update senders set pause_reason = 'sender_not_found', pause_code = 63002");
  expect((await find("sender"))?.said).toContain("trois fois de suite (63002)");
});

test("a worker that fell silent and one that was stopped are told apart", async () => {
  const { database, find } = await setUp();
  await execute(database, "update workers set heartbeat_at = now() - interval '5 minutes'");
  const silent = await find("worker");
  expect([silent.state, silent.code]).toEqual(["red", "silent"]);
  expect(silent.said).toContain("depuis 5 min");
  await execute(database, "update workers set stopped_at = now()");
  expect(await find("worker")).toMatchObject({ state: "red", code: "stopped" });
});

test("a schema of an older version is behind, not missing", async () => {
  const { database, find } = await setUp();
  await execute(
    database,
    "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
  );
  expect(await find("migrations")).toMatchObject({ state: "red", code: "behind" });
  expect(await find("worker")).toMatchObject({ state: "unknown", code: "needs_migrations" });
});

test("a database in read-only mode is red", async () => {
  const { database, context } = await setUp();
  const name = new URL(database.url).pathname.slice(1);
  await execute(database, `alter database "${name}" set default_transaction_read_only = on`);
  const { db, close } = connect(database.url, { max: 2 });
  onTestFinished(close);
  const checks = await runDoctor({ ...context, db });
  expect(checks.find(({ key }) => key === "database")).toMatchObject({ state: "red", code: "read_only" });
});

/** Answers anything, an hour ahead. */
async function aheadTwilio(): Promise<string> {
  const date = () => new Date(Date.now() + 3_600_000).toUTCString();
  const server = createServer((_request, response) => response.writeHead(404, { date: date() }).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

test("of three clocks the wrong one is named", async () => {
  const { context, find } = await setUp();
  const ahead = { ...context.settings, twilioApiBaseUrl: await aheadTwilio() };
  const nobody = { ...context.settings, twilioApiBaseUrl: "http://127.0.0.1:9" };
  const anHourAhead = () => Date.now() + 3_600_000;
  expect(await find("clock")).toMatchObject({ state: "green", facts: { references: "database,twilio" } });
  expect(await find("clock", { now: anHourAhead })).toMatchObject({ state: "red", code: "process_wrong" });
  expect(await find("clock", { settings: ahead })).toMatchObject({ state: "red", code: "both_wrong" });
  expect(await find("clock", { settings: ahead, now: anHourAhead })).toMatchObject({
    state: "red",
    code: "database_wrong",
  });
  expect(await find("clock", { settings: nobody, now: anHourAhead })).toMatchObject({
    state: "red",
    code: "one_wrong",
  });
  expect(await find("clock", { settings: nobody })).toMatchObject({
    state: "green",
    facts: { references: "database" },
  });
});

test("plain http on this machine is no public address, unless Twilio is the simulator", async () => {
  const { database, context, find } = await setUp();
  expect(await find("public_address")).toMatchObject({ state: "green" });
  const settings = { ...context.settings, twilioApiBaseUrl: null, webhookBaseUrl: "http://localhost:3000" };
  const found = await checkPublicAddress({ ...context, settings }, database.db);
  expect(found).toMatchObject({ state: "red", code: "local_only" });
});

test("a database that froze, and a Twilio that never answers, keep it no longer than its patience", async () => {
  const { database, stack, context } = await setUp();
  const proxy = await startProxy(database.url);
  onTestFinished(proxy.close);
  const { db, close } = connect(proxy.url, { max: 2 });
  onTestFinished(async () => {
    proxy.cut();
    await close();
  });
  await db.execute(sql`select 1`);
  proxy.freeze();
  await stack.twilio.fault({ request: "account", times: null, behaviour: { kind: "no-answer" } });
  const startedAt = performance.now();
  const checks = await runDoctor({ ...context, db, patienceMs: 1500 });
  expect(performance.now() - startedAt).toBeLessThan(4000);
  const of = (key: CheckKey) => checks.find((check) => check.key === key);
  expect(of("database")).toMatchObject({ state: "unknown", code: "no_answer" });
  expect(of("worker")).toMatchObject({ state: "unknown" });
  expect(of("credentials")).toMatchObject({ state: "unknown" });
  expect(checks).toHaveLength(10);
});
