// Installs the packages when node_modules is missing or disagrees with package-lock.json. Built-ins only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * Runs `npm ci` if needed.
 * @param {{ production: boolean }} options production: packages of development may be absent
 */
export function ensureInstalled({ production }) {
  if (isInstalled({ production })) return;
  console.log("Installation des paquets npm (une minute environ la première fois)…");
  const npm = process.env.npm_execpath;
  const options = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const [command, args] = npm?.endsWith("js") ? [process.execPath, [npm, ...options]] : ["npm", options];
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32" && command === "npm",
  });
  if (status === 0) return;
  console.error(
    "L'installation des paquets a échoué : corrigez l'erreur de npm ci ci-dessus, puis recommencez.",
  );
  process.exit(1);
}

/** Packages that npm could leave out (other systems' binaries) may be missing; every other one must agree. */
function isInstalled({ production }) {
  const wanted = packagesOf("package-lock.json");
  const found = packagesOf("node_modules/.package-lock.json");
  return Object.entries(wanted).every(([path, { version, optional, devOptional, dev }]) => {
    if (path === "" || optional || devOptional || (production && dev)) return true;
    return found[path]?.version === version;
  });
}

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, dev?: boolean }>} */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}
