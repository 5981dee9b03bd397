// A Chromium for Playwright: one that is there, else one that can be installed.
import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const run = promisify(execFile);

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The path of a Chromium that starts on this machine: CHROMIUM_PATH, Playwright's own, an installed one, one installed
 * now by apt-get (as root), one downloaded by Playwright. Rejects with the cure when there is none.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH?.trim();
  if (given) {
    if (await starts(given)) return given;
    throw new Error(`CHROMIUM_PATH : ${given} ne démarre pas.`);
  }
  for (const install of [undefined, installByApt, installByPlaywright]) {
    if (install && !install()) continue;
    for (const path of [chromium.executablePath(), ...usualPlaces]) if (await starts(path)) return path;
  }
  throw new Error(
    "Aucun Chromium trouvé ni installable. Installez Chromium ou Google Chrome (Debian : apt-get install chromium), ou " +
      "indiquez un navigateur par CHROMIUM_PATH.",
  );
}

/** A browser that lacks a library of the system is as good as none. */
async function starts(path: string): Promise<boolean> {
  if (!path || !existsSync(path)) return false;
  if (process.platform === "win32") return true;
  return run(path, ["--version"], { timeout: 30_000 }).then(
    () => true,
    () => false,
  );
}

function installByApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log("Installation de Chromium par apt-get…");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  return (
    apt("update").status === 0 &&
    apt("install", "-y", "--no-install-recommends", "chromium", "fonts-liberation").status === 0
  );
}

function installByPlaywright(): boolean {
  console.log("Téléchargement de Chromium par Playwright…");
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/package.json");
  const cli = join(dirname(playwright), "cli.js");
  return (
    spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit", timeout: 600_000 })
      .status === 0
  );
}
