// Builds the application when its sources differ from those of the last build. Built-ins only.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const sources = ["app", "server", "db", "public", "vite.config.ts", "tsconfig.json", "package-lock.json"];
const assets = "build/client/assets";
const stampFile = "build/sources.sha256";
const lockFile = ".data/build.lock";
const builder = "node_modules/@remix-run/dev/dist/cli.js";

/**
 * Builds unless build/ was made from these very sources. Two processes never build at once.
 * @returns {Promise<{ ok: boolean, built: boolean, output: string }>} built: false when there was nothing to do
 */
export async function ensureBuilt() {
  if (isBuilt()) return { ok: true, built: false, output: "" };
  const release = await lock();
  try {
    return isBuilt() ? { ok: true, built: false, output: "" } : await build();
  } finally {
    release();
  }
}

/** The same for a command that cannot do without: the reason and exit code 1 when it fails. */
export async function ensureBuiltOrExit() {
  const since = Date.now();
  if (!isBuilt()) console.log("Construction de l'application…");
  const { ok, built, output } = await ensureBuilt();
  if (ok) {
    if (built) console.log(`Application construite en ${((Date.now() - since) / 1000).toFixed(1)} s.`);
    return;
  }
  console.error(`${output.trimEnd()}\nLa construction de l'application a échoué.`);
  process.exit(1);
}

async function build() {
  if (!existsSync(builder)) {
    return {
      ok: false,
      output: "build/ manque ou n'est plus à jour, et les outils ne sont pas installés : npm ci",
    };
  }
  const stamp = hashOfSources();
  const child = spawn(process.execPath, [builder, "vite:build", "--logLevel", "warn"], {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code === 0) {
    compressAssets();
    writeFileSync(stampFile, stamp);
  }
  return { ok: code === 0, built: code === 0, output };
}

/** Beside each script and style sheet what a browser is sent of it: as small as can be, since it is done once. */
function compressAssets() {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const bytes = readFileSync(join(assets, name));
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, brotli));
    writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}

function isBuilt() {
  if (!existsSync("build/server/index.js") || !existsSync(stampFile)) return false;
  return readFileSync(stampFile, "utf8") === hashOfSources();
}

function hashOfSources() {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names.flatMap((name) => (/\.test\.tsx?$/.test(name) ? [] : filesUnder(join(path, name))));
}

/** A builder that was killed leaves its lock: it is taken over when its process is gone, or after three minutes. */
async function lock() {
  mkdirSync(".data", { recursive: true });
  const giveUpAt = Date.now() + 180_000;
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return () => rmSync(lockFile, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (Date.now() > giveUpAt || !isAlive(Number(readFileSync(lockFile, "utf8"))))
      rmSync(lockFile, { force: true });
    else await wait(300);
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
