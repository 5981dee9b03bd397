// What postmaster.pid says about a data folder: whether a server runs on it, and on which port.
import { spawnSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The port of the server that runs on `data`, or null. A pid file that would keep PostgreSQL from starting is removed. */
export function runningPort(data: string): number | null {
  const file = join(data, "postmaster.pid");
  const [pid, , , port] = readLines(file);
  if (!pid || !port) return null;
  const server = describeProcess(Number(pid));
  if (!server) return null;
  if (server.name.includes("postgres") && !server.state.startsWith("Z")) return Number(port);
  removeStale(file, pid);
  return null;
}

/**
 * The number of a server that was killed may by now be another process's, or a dead child's that nobody reaps (usual in
 * containers): PostgreSQL refuses to start for either. Moved aside first, since another starter's server may just have
 * written its own.
 */
function removeStale(file: string, pid: string): void {
  const aside = `${file}.stale-${process.pid}`;
  renameSync(file, aside);
  if (readLines(aside)[0] !== pid) linkSync(aside, file);
  rmSync(aside);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** State letter and program name of a process, or undefined when there is none. */
function describeProcess(pid: number): { state: string; name: string } | undefined {
  if (process.platform === "win32") return undefined;
  if (process.platform !== "linux") return askPs(pid);
  const [stat] = readLines(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  const end = stat.lastIndexOf(")");
  return { name: stat.slice(stat.indexOf("(") + 1, end), state: stat.slice(end + 2, end + 3) };
}

function askPs(pid: number): { state: string; name: string } | undefined {
  const answer = spawnSync("ps", ["-o", "stat=,comm=", "-p", String(pid)], {
    encoding: "utf8",
  }).stdout.trim();
  const [state = "", ...name] = answer.split(/\s+/);
  return answer === "" ? undefined : { state, name: name.join(" ") };
}
