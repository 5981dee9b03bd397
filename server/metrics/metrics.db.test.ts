import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { registry } from "#server/metrics/registry.ts";
import { makeEnv, makeLog } from "#server/testing/factories.ts";
import { startTestWeb, type TestWebOptions } from "#server/testing/web.ts";

const { db, url: databaseUrl } = await testDatabase();

async function web(options: TestWebOptions = {}) {
  const started = await startTestWeb(databaseUrl, options);
  onTestFinished(started.close);
  return (headers: Record<string, string> = {}) => fetch(`${started.url}/metrics`, { headers });
}

test("without a token the metrics answer this machine, and nobody behind a proxy", async () => {
  const scrape = await web();
  const direct = await scrape();
  expect([direct.status, direct.headers.get("content-type")]).toEqual([
    200,
    expect.stringMatching(/^text\/plain/),
  ]);
  for (const header of ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"]) {
    expect([header, (await scrape({ [header]: "127.0.0.1" })).status]).toEqual([header, 404]);
  }
});

test("with a token the metrics answer whoever carries it, and nobody else", async () => {
  const token = "a-token-of-the-tests";
  const scrape = await web({ env: { METRICS_TOKEN: token } });
  const statuses: number[] = [];
  for (const headers of [{}, { Authorization: "Bearer another-token" }, { Authorization: token }]) {
    statuses.push((await scrape(headers as Record<string, string>)).status);
  }
  expect(statuses).toEqual([404, 404, 404]);
  const proxied = { Authorization: `Bearer ${token}`, "X-Forwarded-For": "192.0.2.1" };
  expect((await scrape(proxied)).status).toBe(200);
});

test("a scrape tells the state of queue, workers, schema and webhooks, and which alarms are up", async () => {
  const text = await (await (await web())()).text();
  expect(text).toContain("\nrelance_database_up 1\n");
  expect(text).toContain("\nrelance_schema_current 1\n");
  expect(text).toContain('\nrelance_alarm{alarm="worker_silent"} 1\n');
  expect(text).toContain('\nrelance_alarm{alarm="events_unapplied"} 0\n');
  expect(text).toMatch(/\nrelance_pool_connections\{pool="web",state="max"\} \d+\n/);
  expect(text).toMatch(/\nnodejs_eventloop_lag_seconds [\d.e-]+\n/);
});

test("what the built pages count with their own copy of our modules is in the metrics of their process", async () => {
  vi.resetModules();
  const { countWebhook } = await import("#server/metrics/webhooks.ts");
  await countWebhook(async () => ({ status: 403 }));
  const text = await (await (await web())()).text();
  expect(text).toMatch(/\nrelance_webhooks_total\{verdict="refused"\} \d+\n/);
  expect(text).toMatch(/\nrelance_webhook_seconds_count [1-9]/);
});

test("while the database is away the metrics say so and nothing about it", async () => {
  const started = await startTestWeb("postgres://nobody@127.0.0.1:1/nothing");
  onTestFinished(started.close);
  const text = await (await fetch(`${started.url}/metrics`)).text();
  expect(text).toContain("\nrelance_database_up 0\n");
  expect(text).not.toContain("relance_alarm{");
});

test("every metric the example of alert rules names exists, with the labels it asks for", async () => {
  await (await web())();
  const rules = readFileSync(new URL("../../docs/alertes.example.yml", import.meta.url), "utf8");
  const text = await (await (await web())()).text();
  const known = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
  const expressions = [...rules.matchAll(/^\s+expr: (.+)$/gm)].map(([, expression]) => expression ?? "");
  const named = expressions.flatMap((one) => one.match(/\b(?:relance|nodejs)_\w+/g) ?? []);
  expect(new Set(named).size).toBeGreaterThanOrEqual(10);
  const unknown = named.filter(
    (name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, "")),
  );
  expect(unknown).toEqual([]);
  const alarms = [...rules.matchAll(/relance_alarm\{alarm="(\w+)"\}/g)].map(([, kind]) => kind);
  const raised = [...text.matchAll(/^relance_alarm\{alarm="(\w+)"\}/gm)].map(([, kind]) => kind);
  expect(alarms.sort()).toEqual(raised.sort());
});

test("a worker shows its own: sends by outcome, the lateness of slots, jobs by outcome", async () => {
  const stack = await startEngineStack({ db, url: databaseUrl });
  onTestFinished(stack.close);
  const log = makeLog();
  const env = makeEnv({ ...stack.variables, WORKER_METRICS_PORT: "0" });
  const worker = await startWorker(env, log, { sweepEveryMs: 50, deadAfterMs: 10_000 });
  onTestFinished(worker.stop);
  await db.execute(sql`select graphile_worker.add_job('check_messages', '{}'::json)`);
  const line = log.lines.find((text) => text.includes("worker metrics are served")) ?? "{}";
  const { url } = JSON.parse(line) as { url: string };
  await expect
    .poll(async () => (await fetch(url)).text(), { timeout: 10_000 })
    .toContain('relance_jobs_total{task="check_messages",outcome="done"}');
  const text = await (await fetch(url)).text();
  expect(text).toContain("# TYPE relance_sends_total counter");
  expect(text).toContain("# TYPE relance_slot_lateness_seconds histogram");
  expect(text).toContain('relance_pool_connections{pool="worker",state="max"}');
  expect((await fetch(url, { headers: { "X-Forwarded-For": "192.0.2.1" } })).status).toBe(404);
  expect((await fetch(url.replace("/metrics", "/"))).status).toBe(404);
});

test("no metric carries a phone number or an address as a label", async () => {
  const text = await registry.metrics();
  expect(text).not.toMatch(/\+\d{6,}|whatsapp:/);
});
