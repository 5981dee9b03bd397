// The server that tests use: the one of DATABASE_URL if the real environment has it, else an embedded one of their own.
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { type Embedded, startEmbedded, throwAwayFlags } from "#db/embedded.ts";

export type TestServer = {
  /** address of a database from which others can be created */
  serverUrl: string;
  /** a connection to it, open as long as the run lasts */
  sql: postgres.Sql;
  /** distinguishes the databases of this run from those of others on the same server */
  run: number;
  close: () => Promise<void>;
};

/** Held shared by every run: who can take it exclusively is the last one and may stop the server. */
const serverLock = 7_312_100;
/** Held, with the number of the run, by its owner alone: the databases of a run whose lock is free are leftovers. */
const runLock = 7_312_101;
const testDirectory = fileURLToPath(new URL("../../.data/postgres-test", import.meta.url));
const databasePrefix = "relance_test_";

/** Starts or joins the test server, registers a run on it and sweeps away what dead runs left. */
export async function openTestServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL?.trim();
  const { serverUrl, sql, embedded } = given
    ? { ...(await register(given)), embedded: undefined }
    : await joinEmbedded();
  const run = randomInt(1, 2 ** 31);
  await sql`select pg_advisory_lock(${runLock}, ${run})`;
  await sweep(sql);
  return { serverUrl, sql, run, close: () => leave(sql, embedded) };
}

/** The name of a database that belongs to `run`. */
export function databaseOf(run: number, suffix: string): string {
  return `${databasePrefix}${run}_${suffix}`;
}

/** The address of another database of the same server. */
export function withDatabase(serverUrl: string, name: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}

async function register(serverUrl: string): Promise<{ serverUrl: string; sql: postgres.Sql }> {
  const sql = postgres(serverUrl, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock_shared(${serverLock})`;
    return { serverUrl, sql };
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
}

/** Another run may be stopping the server just now: then it is started again. */
async function joinEmbedded(
  attempts = 5,
): Promise<{ serverUrl: string; sql: postgres.Sql; embedded: Embedded }> {
  const embedded = await startEmbedded({ dir: testDirectory, flags: throwAwayFlags });
  try {
    return { ...(await register(embedded.serverUrl)), embedded };
  } catch (error) {
    if (attempts === 1) throw error;
    return joinEmbedded(attempts - 1);
  }
}

async function sweep(sql: postgres.Sql): Promise<void> {
  const databases = await sql<{ name: string }[]>`
    select datname as name from pg_database where starts_with(datname, ${databasePrefix})`;
  for (const { name } of databases) {
    const run = Number(name.slice(databasePrefix.length).split("_")[0]);
    const [lock] = await sql`select pg_try_advisory_lock(${runLock}, ${run}) as free`;
    if (!lock?.free) continue;
    await sql.unsafe(`drop database if exists "${name}" with (force)`);
    await sql`select pg_advisory_unlock(${runLock}, ${run})`;
  }
}

async function leave(sql: postgres.Sql, embedded: Embedded | undefined): Promise<void> {
  await sql`select pg_advisory_unlock_shared(${serverLock})`;
  const [last] = embedded ? await sql`select pg_try_advisory_lock(${serverLock}) as alone` : [];
  if (last?.alone) await embedded?.stop();
  await sql.end({ timeout: 1 });
}
