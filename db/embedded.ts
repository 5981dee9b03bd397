// A real PostgreSQL 17 from npm for demo, development and tests, started as a daemon and stopped only when asked to.
import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { type Access, rememberAccess, withFreePort } from "#db/embedded/access.ts";
import { chooseAccount } from "#db/embedded/account.ts";
import { findBinaries } from "#db/embedded/binaries.ts";
import { ensureCluster, requireVersion, takeOver } from "#db/embedded/cluster.ts";
import { EmbeddedError, tellUnusable } from "#db/embedded/error.ts";
import { runningPort } from "#db/embedded/postmaster.ts";

export type EmbeddedOptions = {
  /** everything of this server is inside: the cluster in data/, port and password in access.json */
  dir: string;
  /** created when absent */
  database?: string;
  /** server settings of a start, `name=value`; a server that already runs keeps its own */
  flags?: readonly string[];
};

export type Embedded = {
  /** address of `database` */
  url: string;
  /** address of the maintenance database `postgres` of the same server */
  serverUrl: string;
  port: number;
  /** false when the server was already running */
  started: boolean;
  /** ends the server for everybody, `immediate` as a crash does; nothing happens when it is already stopped */
  stop: (mode?: "fast" | "immediate") => Promise<void>;
};

/** For clusters that are thrown away: a crash of the machine may lose them. */
export const throwAwayFlags: readonly string[] = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
];

const user = "relance";
const majorVersion = "17";
const settings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=''",
  "max_connections=200",
  "timezone=UTC",
];
/** how long a start may keep failing: the children of a killed server hold its memory for a moment */
const failingMs = 10_000;
/** how long a server may take to answer: it replays its log after a crash */
const silentMs = 120_000;

/**
 * Starts the server of `dir`, or joins it when it runs; creates both on first use. Several processes may call this at
 * once. After `kill -9` the next call starts it again with all that was committed. An occupied port is exchanged for
 * another one: take the address from the answer. Throws an EmbeddedError with the cure when `dir` cannot be used.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { database = "relance", flags = [] } = options;
  const dir = await tellUnusable(options.dir, () => makeFolder(options.dir));
  const data = join(dir, "data");
  const accessFile = join(dir, "access.json");
  const { initdb, pg_ctl, postgres } = await findBinaries();

  const { account, access } = await tellUnusable(dir, async () => {
    const account = await chooseAccount(postgres, dir);
    const access = await rememberAccess(accessFile);
    const durable = !flags.includes("fsync=off");
    await ensureCluster({ data, initdb, account, user, password: access.password, durable });
    requireVersion(data, majorVersion);
    return { account, access };
  });
  const pgCtl = (...args: string[]) => account.run(pg_ctl, ["-D", data, "-w", ...args]);

  const start = async (): Promise<string | null> => {
    await takeOver(data, account);
    const { port } = await withFreePort(accessFile, access);
    const log = join(data, "server.log");
    const logged = await sizeOf(log);
    const given = [...settings, `port=${port}`, ...flags].map((setting) => `-c ${setting}`).join(" ");
    return pgCtl("-t", "60", "-s", "-l", log, "-o", given, "start").then(
      () => null,
      async (error: unknown) => (await readEnd(log, logged)) || String(error),
    );
  };

  const { port, started } = await startOrJoin(data, access, start);
  const serverUrl = addressOf(access, port, "postgres");
  await createDatabase(serverUrl, database);
  return {
    url: addressOf(access, port, database),
    serverUrl,
    port,
    started,
    stop: async (mode = "fast") => {
      if (runningPort(data) !== null) await pgCtl("-m", mode, "stop");
    },
  };
}

/** The real path, so that starters who come by different symbolic links agree on it. */
async function makeFolder(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  return realpath(dir);
}

/** `start` answers null, or what the server said when it did not start. */
async function startOrJoin(data: string, access: Access, start: () => Promise<string | null>) {
  const since = Date.now();
  let started = false;
  for (;;) {
    const port = runningPort(data);
    if (port !== null && (await answers(addressOf(access, port, "postgres"), data))) return { port, started };
    if (port !== null) {
      if (Date.now() - since > silentMs) throw cannotStart(data, "no answer");
      await wait(200);
      continue;
    }
    const failure = await start();
    if (failure === null) {
      started = true;
      continue;
    }
    if (!isPassing(failure) || Date.now() - since > failingMs) throw cannotStart(data, failure);
    await wait(200);
  }
}

/** Another starter was first, took the port, or the children of a killed server still hold its memory. */
function isPassing(failure: string): boolean {
  return /lock file|shared memory|in use|could not bind/i.test(failure);
}

/** Whether the server at `url` serves this very data folder: after a crash its port may be another server's. */
async function answers(url: string, data: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return resolve(rows[0]?.data_directory ?? "") === data;
  } catch (error) {
    if ((error as { code?: string }).code === "28P01") throw forgottenPassword(data, error);
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const known = await client.query("select from pg_database where datname = $1", [name]);
    if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    const anotherStarterDid = ["42P04", "23505"].includes((error as { code?: string }).code ?? "");
    if (!anotherStarterDid) throw error;
  } finally {
    await client.end();
  }
}

function addressOf({ password }: Access, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

function cannotStart(data: string, failure: string): EmbeddedError {
  const end = failure.trimEnd().split("\n").slice(-8).join("\n");
  return new EmbeddedError(`PostgreSQL embarqué : le serveur de ${data} ne démarre pas.\n${end}`);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function readEnd(file: string, from: number): Promise<string> {
  return readFile(file).then(
    (content) => content.subarray(from).toString(),
    () => "",
  );
}

function forgottenPassword(data: string, cause: unknown): EmbeddedError {
  return new EmbeddedError(
    `PostgreSQL embarqué : access.json, à côté de ${data}, ne contient plus le mot de passe de ces données. Rendez-lui ` +
      "sa version d'origine, ou supprimez le dossier (npm run demo -- --reset).",
    { cause },
  );
}
