import { execFile, execFileSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { type Embedded, startEmbedded, throwAwayFlags } from "#db/embedded.ts";

const run = promisify(execFile);
const starter = fileURLToPath(new URL("./testing/start-embedded.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

/** A folder that the accounts `postgres` and `nobody` can reach, as the project normally is. */
async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "relance-pg-"));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dir: string, flags = throwAwayFlags): Promise<Embedded> {
  const server = await startEmbedded({ dir, flags });
  onTestFinished(() => server.stop());
  return server;
}

/** The same from another process, as `uid` if given. */
async function startElsewhere(dir: string, { action = "keep", uid }: { action?: string; uid?: number } = {}) {
  const { stdout } = await run(process.execPath, ["--import", "tsx", starter, dir, action], {
    env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  return JSON.parse(stdout) as { url: string; port: number; started: boolean };
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

test("a first start creates the cluster, the database and an access file that others cannot read", async () => {
  const dir = join(await openFolder(), "postgres");
  const server = await start(dir);
  expect(server.started).toBe(true);
  expect(
    await query(server.url, "select current_database() as name, current_setting('TimeZone') as zone"),
  ).toEqual([{ name: "relance", zone: "UTC" }]);
  expect(
    (await query<{ server_version: string }>(server.url, "show server_version"))[0]?.server_version,
  ).toMatch(/^17\./);
  expect((await stat(join(dir, "access.json"))).mode & 0o777).toBe(0o600);
});

test("the password is needed", async () => {
  const { url } = await start(join(await openFolder(), "postgres"));
  const wrong = Object.assign(new URL(url), { password: "wrong" }).href;
  await expect(query(wrong, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("a second start joins the running server, and one after a stop finds the data again", async () => {
  const dir = join(await openFolder(), "postgres");
  const first = await start(dir);
  await query(first.url, "create table kept as select 42 as answer");
  const second = await startEmbedded({ dir });
  expect(second).toMatchObject({ started: false, url: first.url });
  await first.stop();
  await second.stop();
  const third = await start(dir);
  expect(third).toMatchObject({ started: true, port: first.port });
  expect(await query(third.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("two processes that start at once on an empty folder share one server", async () => {
  const dir = join(await openFolder(), "postgres");
  const both = await Promise.all([startElsewhere(dir), startElsewhere(dir)]);
  onTestFinished(async () => (await startEmbedded({ dir })).stop());
  expect(both[0].url).toBe(both[1].url);
  expect(await query(both[0].url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("after kill -9 a start brings back everything that was committed", async () => {
  const dir = join(await openFolder(), "postgres");
  const first = await start(dir, []);
  await query(first.url, "create table kept as select generate_series(1, 1000) as n");
  const [pid] = (await readFile(join(dir, "data", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(pid), "SIGKILL");
  const again = await start(dir, []);
  expect(again.started).toBe(true);
  expect(await query(again.url, "select count(*)::int as rows from kept")).toEqual([{ rows: 1000 }]);
});

test("a pid file that names a process which is no PostgreSQL does not prevent the start", async () => {
  const dir = join(await openFolder(), "postgres");
  const first = await start(dir);
  const pidFile = join(dir, "data", "postmaster.pid");
  const lines = (await readFile(pidFile, "utf8")).split("\n");
  await first.stop();
  await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
  expect((await start(dir)).started).toBe(true);
});

test("a port taken meanwhile is exchanged for another, which is remembered", async () => {
  const dir = join(await openFolder(), "postgres");
  const first = await start(dir);
  await first.stop();
  const intruder = createServer();
  await new Promise<void>((resolve) => intruder.listen(first.port, "127.0.0.1", resolve));
  onTestFinished(() => void intruder.close());
  const second = await start(dir);
  expect(second.port).not.toBe(first.port);
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
  expect((await start(dir)).port).toBe(second.port);
});

test("a folder that cannot be made is named with the cure", async () => {
  const file = join(await openFolder(), "file");
  await writeFile(file, "");
  await expect(startEmbedded({ dir: join(file, "postgres") })).rejects.toThrow(
    /file\/postgres n'est pas utilisable .*DATABASE_URL/s,
  );
});

test.skipIf(!isRoot)(
  "a normal user starts it too, and is told when the folder is another's (needs root)",
  async () => {
    const folder = await openFolder();
    const own = join(folder, "own");
    await mkdir(own);
    await chown(own, nobody, nobody);
    expect(await startElsewhere(own, { uid: nobody, action: "stop" })).toMatchObject({ started: true });
    await expect(startElsewhere(join(folder, "foreign"), { uid: nobody })).rejects.toMatchObject({
      stderr: expect.stringMatching(/foreign n'est pas utilisable \(EACCES/),
    });
  },
);

test("data of another PostgreSQL version are left alone", async () => {
  const dir = join(await openFolder(), "postgres");
  await mkdir(join(dir, "data"), { recursive: true });
  await writeFile(join(dir, "data", "PG_VERSION"), "16\n");
  await expect(startEmbedded({ dir })).rejects.toThrow(/données de PostgreSQL 16/);
});

test("a server that cannot start shows the end of its log", async () => {
  const dir = join(await openFolder(), "postgres");
  await expect(start(dir, ["no_such_setting=1"])).rejects.toThrow(/no_such_setting/);
});

const canMakeNamespaces = (() => {
  try {
    execFileSync("unshare", ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`, "true"], {
      stdio: "ignore",
    });
    return isRoot;
  } catch {
    return false;
  }
})();

test.skipIf(!canMakeNamespaces)(
  "root starts it in a folder closed to others, and again once it is open (needs root and unshare)",
  async () => {
    const folder = await openFolder();
    await chmod(folder, 0o700);
    const dir = join(folder, "postgres");
    const closed = await start(dir);
    expect(closed.started).toBe(true);
    await query(closed.url, "create table kept as select 42 as answer");
    await closed.stop();
    await chmod(folder, 0o755);
    const open = await start(dir);
    expect(await query(open.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect((await stat(join(dir, "data"))).uid).not.toBe(0);
  },
);
