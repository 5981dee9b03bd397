// The log of a process: JSON lines in production, one readable line each otherwise. Secrets are cut out by path.
import { Writable } from "node:stream";
import { type Logger, pino } from "pino";
import { errorForLog } from "#server/log-error.ts";

export type Log = Logger;

const secretKeys = [
  "password",
  "passwordHash",
  "token",
  "authToken",
  "twilioAuthToken",
  "twilioAuthTokenPrevious",
  "sessionSecret",
  "metricsToken",
  "erasureKey",
  "databaseUrl",
  "databaseDirectUrl",
  "authorization",
  "cookie",
];

/** Where a secret may sit: on the entry itself, one or two levels below (`env`, `err.config`, `req.headers`). */
const secretPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

type LogOptions = { process: string; production: boolean; level?: string; write?: (line: string) => void };

/**
 * The root logger of a process. `process` names it in every line (web, worker, demo …). Fields named like a secret are
 * replaced by "[secret]"; phone numbers must be masked by the caller (`maskPhone`).
 */
export function createLog({ process: name, production, level = "info", write }: LogOptions): Log {
  const options = {
    level,
    base: { process: name },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog },
    redact: { paths: secretPaths, censor: "[secret]" },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (production && !write) return pino(options);
  const sink = write ?? ((line: string) => void process.stdout.write(line));
  return pino(options, production ? lines(sink) : lines((line) => sink(formatLogLine(line))));
}

function lines(write: (line: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      write(line);
      done();
    },
  });
}

type Entry = Record<string, unknown>;

/**
 * `10:02:11 warn  worker  message  key=value …` for a line of the log, an error with its stack on the following lines;
 * any other line as it is.
 */
export function formatLogLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { time, level, process: name, msg, err, ...fields } = entry;
  const details = Object.entries(fields).map(([key, value]) => `${key}=${plain(value)}`);
  const head = [String(time).slice(11, 19), String(level).padEnd(5), name, msg, ...details].filter(Boolean);
  return `${head.join(" ")}${err ? `\n${errorText(err)}` : ""}\n`;
}

/** Whether a line of a process is a warning, an error, or no line of the log at all. */
export function isWorthAttention(line: string): boolean {
  const entry = parse(line);
  return !entry || !["trace", "debug", "info"].includes(String(entry.level));
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function plain(value: unknown): string {
  return typeof value === "string" && !/[\s=]/.test(value) ? value : JSON.stringify(value);
}

function errorText(error: unknown): string {
  const { stack, message } = error as { stack?: string; message?: string };
  return String(stack ?? message ?? JSON.stringify(error)).replace(/^/gm, "    ");
}
