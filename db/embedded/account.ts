// Which account runs PostgreSQL. It refuses to be root, and initdb wants an account that has an entry in /etc/passwd.
import { type ExecFileOptions, execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { EmbeddedError } from "#db/embedded/error.ts";

const run = promisify(execFile);

type Ids = { uid: number; gid: number };

export type Account = {
  /** who must own the data folder, seen from outside; null where the system has no such idea */
  owner: Ids | null;
  run: (file: string, args: readonly string[]) => Promise<{ stdout: string; stderr: string }>;
};

/** Nothing of the caller's PG* variables may reach the server; its messages are read by us in English. */
const environment = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  TEMP: process.env.TEMP,
  LC_ALL: "C",
  TZ: "UTC",
};

/**
 * The account that can reach both the programs and `folder`. A normal user is that account. As root: the user
 * `postgres` or `nobody`, else a user namespace in which root bears that name (a project under /root is closed to
 * anyone else). A user without a name (`docker run --user 1234`) gets a namespace too.
 * Throws an EmbeddedError naming the folder and the cure.
 */
export async function chooseAccount(postgres: string, folder: string): Promise<Account> {
  const self = ownIds();
  if (!self || (self.uid !== 0 && hasName())) return as({}, self ?? null);
  const failures: string[] = [];
  for (const account of substitutes(self)) {
    try {
      await account.run("/bin/sh", ["-c", 'cd -- "$1" && exec "$2" --version', "sh", folder, postgres]);
      return account;
    } catch (error) {
      failures.push(String((error as { stderr?: string }).stderr || (error as Error).message).trim());
    }
  }
  throw new EmbeddedError(
    `PostgreSQL embarqué : il ne se lance pas en ${self.uid === 0 ? "root" : "utilisateur sans nom"}, et aucun ` +
      `autre compte n'atteint ${folder} et ${postgres}. Placez le projet dans un dossier ouvert aux autres ` +
      "utilisateurs (sous /srv ou /home par exemple), lancez la commande avec un utilisateur normal, ou indiquez une " +
      "base par DATABASE_URL.",
    { cause: failures },
  );
}

function substitutes(self: Ids): Account[] {
  const name = (self.uid === 0 && passwdEntry("postgres")) || passwdEntry("nobody");
  if (!name) return [];
  const namespace = process.platform === "linux" ? [inNamespace(self, name)] : [];
  return self.uid === 0 ? [as(name, name), ...namespace] : namespace;
}

function as(ids: Partial<Ids>, owner: Ids | null): Account {
  const options: ExecFileOptions = { ...ids, cwd: "/", env: environment };
  return {
    owner,
    run: async (file, args) => {
      const { stdout, stderr } = await run(file, args, options);
      return { stdout: String(stdout), stderr: String(stderr) };
    },
  };
}

function inNamespace(self: Ids, name: Ids): Account {
  const account = as({}, self);
  const map = ["--user", `--map-user=${name.uid}`, `--map-group=${name.gid}`, "--"];
  return { owner: self, run: (file, args) => account.run("unshare", [...map, file, ...args]) };
}

function ownIds(): Ids | undefined {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

function passwdEntry(name: string): Ids | undefined {
  const line = readPasswd()
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}
