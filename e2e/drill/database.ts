// A PostgreSQL of the drill's own: restarting it hurts nobody.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Embedded, startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";

export type DrillDatabase = {
  url: string;
  /** stops it at once, as a crash does, and starts it again after `downMs`; `meanwhile` is called while it is down */
  restart: (downMs: number, meanwhile?: () => Promise<void>) => Promise<void>;
  /** stops the server and removes its files */
  close: () => Promise<void>;
};

const root = fileURLToPath(new URL("../../.data/drill/", import.meta.url));
/** A crash of the machine may lose it; a crash of PostgreSQL must not, or the drill would prove nothing. */
const flags = ["fsync=off", "max_wal_size=256MB"];

/** Starts an empty, migrated database in a data folder named after this process. */
export async function startDrillDatabase(): Promise<DrillDatabase> {
  await removeLeftovers();
  const dir = join(root, `${process.pid}-${randomUUID()}`);
  const options = { dir, flags };
  let server = await startEmbedded(options);
  const close = async () => {
    await server.stop("immediate");
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await migrate(server.url);
  } catch (error) {
    await close();
    throw error;
  }
  const { url } = server;
  return {
    url,
    restart: async (downMs, meanwhile) => {
      await server.stop("immediate");
      const [, failed] = await Promise.allSettled([sleep(downMs), meanwhile?.()]);
      server = await startAgain(options, url);
      if (failed.status === "rejected") throw failed.reason;
    },
    close,
  };
}

/** Everybody knows the address by now: a server that had to change its port is of no use. */
async function startAgain(options: { dir: string; flags: string[] }, url: string): Promise<Embedded> {
  const server = await startEmbedded(options);
  if (server.url === url) return server;
  await server.stop("immediate");
  throw new Error("the drill's database could not have its port back");
}

/** A drill that was killed leaves its server running. */
async function removeLeftovers(): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) {
    if (isAlive(Number.parseInt(name, 10))) continue;
    const dir = join(root, name);
    await startEmbedded({ dir }).then(
      (server) => server.stop("immediate"),
      () => {},
    );
    await rm(dir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
