// A real PgBouncer, as Supabase's poolers stand before its database.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/lib/ports.ts";

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

/** Where PgBouncer is, after an attempt to install Debian's package where we may; else why there is none. */
export function findPgbouncer(): { path: string } | { missing: string } {
  const path = places.find((place) => existsSync(place));
  if (path) return { path };
  if (userInfo().uid !== 0) return { missing: "PgBouncer is not installed, and only root may install it" };
  if (!existsSync("/usr/bin/apt-get"))
    return { missing: "PgBouncer is not installed, and this is no Debian" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-q", "-y", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: 120_000,
    }).status === 0;
  apt("update");
  apt("install", "--no-install-recommends", "pgbouncer");
  const installed = places.find((place) => existsSync(place));
  return installed ? { path: installed } : { missing: "PgBouncer could not be installed" };
}

export type Pooler = {
  /** of the same database, by way of the pooler */
  url: string;
  close: () => Promise<void>;
};

export type PoolerOptions = {
  /** server connections that all clients share */
  connections: number;
  /** for a session (Supabase's session pooler), or for a transaction at a time */
  mode: "session" | "transaction";
  /** files; clients without TLS are refused */
  tls?: { key: string; certificate: string };
};

export async function startPgbouncer(
  path: string,
  databaseUrl: string,
  { connections, mode, tls }: PoolerOptions,
): Promise<Pooler> {
  const database = new URL(databaseUrl);
  const name = database.pathname.slice(1);
  const port = await freePort(0);
  const folder = mkdtempSync(join(tmpdir(), "relance-pgbouncer-"));
  chmodSync(folder, 0o755);
  const config = join(folder, "pgbouncer.ini");
  writeFileSync(
    config,
    `[databases]
${name} = host=${database.hostname} port=${database.port} dbname=${name} user=${database.username} password='${decodeURIComponent(database.password)}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${connections}
max_client_conn = 200
${tls ? `client_tls_sslmode = require\nclient_tls_key_file = ${tls.key}\nclient_tls_cert_file = ${tls.certificate}` : ""}
`,
  );
  // it refuses to run as root
  const user = userInfo().uid === 0 ? ["-u", "nobody"] : [];
  const child = spawn(path, [...user, config], { stdio: ["ignore", "ignore", "pipe"] });
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGINT");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true });
  };
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  try {
    await Promise.race([
      (async () => {
        while (!said.includes("process up")) await once(child.stderr, "data");
      })(),
      once(child, "exit").then(() => Promise.reject(new Error(`PgBouncer ended:\n${said}`))),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  const url = Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href;
  return { url, close };
}
