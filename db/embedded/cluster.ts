// The data folder of an embedded server: made once, owned by the account that runs it, of the version we run.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { chown, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Account } from "#db/embedded/account.ts";
import { EmbeddedError } from "#db/embedded/error.ts";

export type ClusterOptions = {
  data: string;
  initdb: string;
  account: Account;
  user: string;
  password: string;
  /** false for clusters that are thrown away */
  durable: boolean;
};

/** Makes the cluster unless it exists. It is made beside its place and renamed, so that two starters cannot collide. */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { data, initdb, account, user, password, durable } = options;
  if (existsSync(join(data, "PG_VERSION"))) return;
  await sweepUnfinished(data);
  const fresh = `${data}.init-${process.pid}-${randomBytes(4).toString("hex")}`;
  const passwordFile = `${fresh}.password`;
  try {
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    await give(fresh, account);
    await give(passwordFile, account);
    const settings = [
      "-U",
      user,
      `--pwfile=${passwordFile}`,
      "-A",
      "scram-sha-256",
      "-E",
      "UTF8",
      "--locale=C",
    ];
    const collation = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    await account.run(initdb, [
      ...["-D", fresh, ...settings, ...collation, "--no-instructions"],
      ...(durable ? [] : ["--no-sync"]),
    ]);
    rename(fresh, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Throws an EmbeddedError when `data` is of another major version than `major`. */
export function requireVersion(data: string, major: string): void {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found === major) return;
  throw new EmbeddedError(
    `PostgreSQL embarqué : ${data} contient des données de PostgreSQL ${found}, et cette version de Relance utilise ` +
      `PostgreSQL ${major}. Supprimez ${dirname(data)} (npm run demo -- --reset) ou gardez-le ailleurs.`,
  );
}

/** As root, a cluster that another account used (the project was moved, its folder was closed) changes hands. */
export async function takeOver(data: string, account: Account): Promise<void> {
  if (!account.owner || statSync(data).uid === account.owner.uid) return;
  for (const entry of await readdir(data, { recursive: true })) await give(join(data, entry), account);
  await give(data, account);
}

async function give(path: string, { owner }: Account): Promise<void> {
  if (owner && statSync(path).uid !== owner.uid) await chown(path, owner.uid, owner.gid);
}

function rename(fresh: string, data: string): void {
  try {
    renameSync(fresh, data);
  } catch (error) {
    if (!existsSync(join(data, "PG_VERSION"))) throw error;
  }
}

/** What starters that were killed left half made. */
async function sweepUnfinished(data: string): Promise<void> {
  for (const name of await readdir(dirname(data))) {
    const [, pid] = name.match(`^${basename(data)}\\.init-(\\d+)-`) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(dirname(data), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
