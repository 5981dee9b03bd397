// The port and password of an embedded server, drawn once and remembered in a file only its user can read.
import { randomBytes, randomInt } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

export type Access = { port: number; password: string };

/** The access remembered in `file`; the first of two starters draws it and the other reads what it drew. */
export async function rememberAccess(file: string): Promise<Access> {
  const known = readAccess(file);
  if (known) return known;
  const drawn = writeBeside(file, {
    port: await drawPort(),
    password: randomBytes(24).toString("base64url"),
  });
  try {
    linkSync(drawn, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(drawn, { force: true });
  }
  return readAccess(file) as Access;
}

/** Keeps the access if its port is free, else remembers another port. */
export async function withFreePort(file: string, access: Access): Promise<Access> {
  if (await isFree(access.port)) return access;
  const moved = { ...access, port: await drawPort() };
  renameSync(writeBeside(file, moved), file);
  return moved;
}

/** Below the range from which systems take the ports of outgoing connections, which come and go. */
async function drawPort(): Promise<number> {
  const port = randomInt(20_000, 30_000);
  return (await isFree(port)) ? port : drawPort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function readAccess(file: string): Access | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Access;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function writeBeside(file: string, access: Access): string {
  const beside = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  writeFileSync(beside, `${JSON.stringify(access)}\n`, { mode: 0o600, flag: "wx" });
  return beside;
}
