// The database of demo and dev: the embedded one, or the one of DATABASE_URL if nothing of anybody's can be harmed.
import { rm } from "node:fs/promises";
import postgres from "postgres";
import { EmbeddedError } from "#db/embedded/error.ts";
import { startEmbedded } from "#db/embedded.ts";
import { demoAdmin } from "#db/seed/demo.ts";
import { secured } from "#db/tls.ts";
import { loadDotEnv } from "#server/env.ts";

export type DemoDatabase = {
  url: string;
  /** for the person at the terminal */
  description: string;
  /** gives the database free, and stops the server if it is ours */
  close: () => Promise<void>;
};

/** Why the demo does not start: a French text with the cure. */
export class DemoRefusal extends Error {
  override name = "DemoRefusal";
}

const dir = ".data/postgres";
const database = "relance";
/** Held while a demo runs: a second one would send the same messages, and stop the first one's server. */
const demoLock = 7_312_200;

/** Opens the database for this process alone; `reset` empties the embedded one first. Throws a DemoRefusal. */
export async function openDemoDatabase({ reset }: { reset: boolean }): Promise<DemoDatabase> {
  const given = loadDotEnv(".env").DATABASE_URL;
  return given ? openGiven(given, reset) : openEmbedded(reset);
}

async function openGiven(url: string, reset: boolean): Promise<DemoDatabase> {
  if (reset) {
    throw new DemoRefusal(
      "DATABASE_URL est définie : --reset n'efface que la base embarquée. Videz cette base vous-même, ou retirez " +
        "DATABASE_URL de .env et de l'environnement.",
    );
  }
  const hold = await holdAlone(url);
  const [found] = await hold`select to_regclass('public.users') is not null as users,
    (select count(*)::int from pg_tables where schemaname = 'public') as tables`;
  const demo = found?.users && (await hold`select from users where email = ${demoAdmin.email}`).length > 0;
  if (found?.tables !== 0 && !demo) {
    await hold.end();
    throw new DemoRefusal(
      "DATABASE_URL (environnement ou .env) désigne une base qui contient déjà autre chose que la démo : elle n'a pas " +
        "été touchée. Pour la démo sur la base embarquée, retirez DATABASE_URL de .env et de l'environnement.",
    );
  }
  return { url, description: "celle de DATABASE_URL", close: () => hold.end({ timeout: 1 }) };
}

async function openEmbedded(reset: boolean): Promise<DemoDatabase> {
  const server = await startEmbedded({ dir, database }).catch(async (error) => {
    if (!reset || !(error instanceof EmbeddedError)) throw error;
    await rm(dir, { recursive: true, force: true });
    return startEmbedded({ dir, database });
  });
  const hold = await holdAlone(server.serverUrl);
  if (reset) {
    await hold.unsafe(`drop database if exists ${database} with (force)`);
    await hold.unsafe(`create database ${database}`);
  }
  const close = async () => {
    await hold.end({ timeout: 1 });
    await server.stop();
  };
  return { url: server.url, description: `PostgreSQL embarqué, ${dir}, port ${server.port}`, close };
}

async function holdAlone(url: string): Promise<postgres.Sql> {
  const { url: address, ssl } = secured(url);
  const sql = postgres(address, {
    ssl,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
  });
  const [lock] = await sql`select pg_try_advisory_lock(${demoLock}) as held`;
  if (lock?.held) return sql;
  await sql.end({ timeout: 1 });
  throw new DemoRefusal(
    "npm run demo ou npm run dev tourne déjà sur cette base : arrêtez l'autre (Ctrl-C) d'abord.",
  );
}
