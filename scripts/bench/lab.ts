// Where benchmarks run: a PostgreSQL of their own that keeps what it commits, and the real processes against the simulator.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { connect, type Database, queryRows } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import type { SettingsPatch } from "#e2e/twilio-simulator/settings.ts";
import { type Child, startChild } from "#scripts/lib/children.ts";
import { localEnv } from "#scripts/lib/local-stack.ts";
import { freePort } from "#scripts/lib/ports.ts";
import { waitUntilReady } from "#scripts/lib/wait-until-ready.ts";
import { type Env, readEnv } from "#server/env.ts";

export type LabDatabase = { db: Database; url: string; close: () => Promise<void> };

export type Lab = {
  /** a migrated database with nothing in it, dropped at `close` */
  database: () => Promise<LabDatabase>;
  /** one without any table, dropped at `close` as well */
  emptyDatabase: () => Promise<LabDatabase>;
  close: () => Promise<void>;
};

const template = "relance_bench_template";

export async function openLab(): Promise<Lab> {
  const server = await startEmbedded({ dir: ".data/postgres-bench" });
  const admin = connect(server.serverUrl, { max: 1, applicationName: "bench" });
  const run = (statement: string) => admin.db.execute(sql.raw(statement));
  const urlOf = (name: string) => Object.assign(new URL(server.serverUrl), { pathname: `/${name}` }).href;
  await run(`drop database if exists ${template} with (force)`);
  await run(`create database ${template}`);
  await migrate(urlOf(template));
  let made = 0;
  const databaseOf = async (origin: string): Promise<LabDatabase> => {
    made += 1;
    const name = `relance_bench_${made}`;
    await run(`drop database if exists ${name} with (force)`);
    await run(`create database ${name} template ${origin}`);
    const { db, close } = connect(urlOf(name), { max: 10, applicationName: "bench" });
    return {
      db,
      url: urlOf(name),
      close: async () => {
        await close();
        await run(`drop database ${name} with (force)`);
      },
    };
  };
  return {
    database: () => databaseOf(template),
    emptyDatabase: () => databaseOf("template0"),
    close: async () => {
      await admin.close();
      await server.stop();
    },
  };
}

export type Bench = {
  env: Env;
  webUrl: string;
  twilio: ReturnType<typeof simulatorClient>;
  web: Child | null;
  startWorker: (env?: Record<string, string>) => Promise<Child>;
  close: () => Promise<void>;
};

export type BenchOptions = {
  database: LabDatabase;
  env?: Record<string, string>;
  simulator?: SettingsPatch;
  /** without it nobody takes the callbacks */
  web?: boolean;
  /** of the web server and the workers, in megabytes; without it V8 lets garbage lie as long as the machine has room */
  heapLimit?: number;
};

/** Simulator, and the web server if wanted, as processes; workers are started by the benchmark. */
export async function openBench({
  database,
  env = {},
  simulator = {},
  web = false,
  heapLimit,
}: BenchOptions): Promise<Bench> {
  const webPort = await freePort(0);
  const simulatorPort = await freePort(0, [webPort]);
  const webUrl = `http://127.0.0.1:${webPort}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const sessionSecret = "the-benchmarks-need-no-real-secret";
  const variables = {
    ...localEnv({ databaseUrl: database.url, sessionSecret }, { webUrl, webPort, simulatorUrl }),
    ...env,
  };
  const limited: Record<string, string> = heapLimit
    ? { NODE_OPTIONS: `--max-old-space-size=${heapLimit}` }
    : {};
  const children: Child[] = [];
  const start = (name: string, command: string[], extra: Record<string, string> = {}) => {
    const lines: string[] = [];
    const child = startChild({
      name,
      command,
      env: { ...variables, ...extra },
      onLine: (line) => lines.push(line),
    });
    children.push(child);
    return child;
  };
  const close = async () => {
    for (const child of children.toReversed()) await child.stop();
  };
  try {
    const twilioChild = start("simulator", ["simulator"], {
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_INBOUND_WEBHOOK_URL: `${webUrl}/api/webhooks/twilio`,
    });
    await waitUntilReady(`${simulatorUrl}/_sim/clock`, twilioChild);
    const twilio = simulatorClient(simulatorUrl);
    await twilio.settings({ minIntervalMs: 0, autoJoin: "all", ...simulator });
    const webChild = web ? start("web", ["start"], limited) : null;
    if (webChild) await waitUntilReady(`${webUrl}/readyz`, webChild);
    return {
      env: readEnv(variables, { for: "worker" }),
      webUrl,
      twilio,
      web: webChild,
      startWorker: async (extra) => {
        const before = await countWorkers(database.db);
        const child = start("worker", ["worker"], { ...limited, ...extra });
        await until(async () => (await countWorkers(database.db)) > before, 30_000, "the worker");
        return child;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function countWorkers(db: Database): Promise<number> {
  const [row] = await queryRows<{ count: number }>(db, sql`select count(*)::int as count from workers`);
  return row?.count ?? 0;
}

/** Asks every 50 ms; throws when it is not so in time. */
export async function until(isSo: () => Promise<boolean>, withinMs: number, what: string): Promise<void> {
  const start = performance.now();
  while (!(await isSo())) {
    if (performance.now() - start > withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(50);
  }
}

/** Resident memory of a process in megabytes (Linux). */
export function residentMegabytes({ pid }: Child): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
