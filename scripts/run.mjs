// Every npm script comes through here: from a fresh clone to a running command, in this very process so that signals
// reach it. Plain JavaScript and built-ins only, since nothing may be installed yet.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureBuiltOrExit } from "./bootstrap/build.mjs";
import { ensureInstalled } from "./bootstrap/install.mjs";

const minimum = [20, 19];
const needBuild = ["demo", "start", "test-e2e", "bench", "drill", "build"];
const inProduction = [
  "start",
  "worker",
  "db-migrate",
  "backup",
  "restore",
  "admin-create",
  "audit",
  "reconcile",
  "doctor",
];

const [command = "", ...args] = process.argv.slice(2);
const file = new URL(`./${command}.ts`, import.meta.url);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
  console.error(
    `Relance demande Node.js ${minimum.join(".")} ou plus récent ; celui-ci est ${process.versions.node}.`,
  );
  process.exit(1);
}
if (!/^[a-z][a-z0-9-]*$/.test(command) || (command !== "build" && !existsSync(file))) {
  console.error(
    "Commande inconnue. Les commandes sont celles de « scripts » dans package.json : npm run demo, …",
  );
  process.exit(1);
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.env.TZ = "UTC";
if (inProduction.includes(command))
  process.env.NODE_ENV ||= args.includes("--dev") ? "development" : "production";

// A supervisor has prepared everything for its children, and wants them to end when it is gone.
if (process.env.RELANCE_SUPERVISED === "yes") {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
} else {
  ensureInstalled({ production: inProduction.includes(command) });
  if (needBuild.includes(command) && !args.includes("--dev")) await ensureBuiltOrExit();
}

if (command !== "build") {
  const { register } = await import("tsx/esm/api");
  register();
  await import(file.href);
}
