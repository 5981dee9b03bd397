// The environment: one schema, read once per process by its entry point and handed down. Nobody else reads process.env.
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { z } from "zod";
import { envSchema, secretVariables } from "#server/env-schema.ts";

/** What a process is allowed to see of its environment: names and raw values, blank meaning unset. */
export type EnvSource = Record<string, string | undefined>;

export type EnvPurpose = "web" | "worker" | "migrate";

/** Every problem of the configuration at once, as a French text for the person who starts the process. */
export class EnvError extends Error {
  override name = "EnvError";
  readonly variables: readonly string[];

  constructor(problems: readonly EnvProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  - ${variable} : ${problem}`);
    const count = problems.length > 1 ? `${problems.length} variables sont` : "1 variable est";
    super(
      `Configuration incorrecte : ${count} à corriger dans le fichier .env ou dans l'environnement.\n` +
        `${lines.join("\n")}\nChaque variable est expliquée dans .env.example.`,
    );
    this.variables = problems.map(({ variable }) => variable);
  }
}

const databaseSchema = envSchema.pick({ DATABASE_URL: true, DATABASE_DIRECT_URL: true, TZ_DISPLAY: true });

export type DatabaseEnv = { databaseUrl: string; databaseDirectUrl: string; tzDisplay: string };

export type Env = ReturnType<typeof toEnv>;

/** The configuration as far as it can be read: null where a variable is missing or wrong. */
export type KnownEnv = { [Name in keyof Env]: Env[Name] | null };

export type EnvProblem = { variable: string; problem: string };

/**
 * The checked configuration of a process: `web` and `worker` need every required variable, `migrate` only the database and whose days are meant.
 * Blank counts as unset and unknown names (those of the previous provider among them) are ignored.
 * Throws an EnvError that names every missing or wrong variable at once. Exigences 1.1, 1.2 and 1.3.
 */
export function readEnv(source: EnvSource, options: { for: "migrate" }): DatabaseEnv;
export function readEnv(source: EnvSource, options: { for: "web" | "worker" }): Env;
export function readEnv(source: EnvSource, options: { for: EnvPurpose }): Env | DatabaseEnv {
  const given = withoutBlanks(source);
  if (options.for === "migrate") return toDatabaseEnv(parseOrThrow(databaseSchema, given));
  return toEnv(parseOrThrow(envSchema, given), given.NODE_ENV === "production");
}

/**
 * Whatever of the configuration is right, and every problem of the rest, for the doctor: it has to work where nothing else
 * does. No problem repeats the value it is about, which may be a secret in the wrong place.
 */
export function examineEnv(source: EnvSource): { known: KnownEnv; problems: EnvProblem[] } {
  const given = withoutBlanks(source);
  const problems: EnvProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [variable, schema] of Object.entries(envSchema.shape)) {
    const parsed = schema.safeParse(given[variable]);
    if (parsed.success) values[variable] = parsed.data;
    else problems.push({ variable, problem: parsed.error.issues[0]?.message ?? "" });
  }
  const read = toEnv(values as z.output<typeof envSchema>, given.NODE_ENV === "production");
  const known = Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? null]));
  return { known: known as KnownEnv, problems };
}

/**
 * The variables of a `.env` file under those of the real environment, which win unless blank; no file is no error.
 * RELANCE_DOTENV=off leaves the file out: supervisors (demo, tests) hand their children a complete environment.
 */
export function loadDotEnv(file: string, environment: EnvSource = process.env): EnvSource {
  if (environment.RELANCE_DOTENV === "off") return withoutBlanks(environment);
  return { ...withoutBlanks(parseEnv(readIfPresent(file))), ...withoutBlanks(environment) };
}

/** For entry points: the configuration from `./.env` and the environment, or the readable message and exit code 1. */
export function loadEnvOrExit(options: { for: "migrate" }): DatabaseEnv;
export function loadEnvOrExit(options: { for: "web" | "worker" }): Env;
export function loadEnvOrExit(options: { for: EnvPurpose }): Env | DatabaseEnv {
  try {
    const source = loadDotEnv(".env");
    return options.for === "migrate"
      ? readEnv(source, { for: options.for })
      : readEnv(source, { for: options.for });
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function parseOrThrow<Schema extends z.ZodType>(schema: Schema, given: EnvSource): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const firstProblems = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const variable = String(issue.path[0]);
    if (firstProblems.has(variable)) continue;
    const value = given[variable];
    const shown = value === undefined || secretVariables.has(variable) ? "" : ` (reçu : « ${value} »)`;
    firstProblems.set(variable, issue.message + shown);
  }
  throw new EnvError([...firstProblems].map(([variable, problem]) => ({ variable, problem })));
}

function toDatabaseEnv(values: z.output<typeof databaseSchema>): DatabaseEnv {
  return {
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
    tzDisplay: values.TZ_DISPLAY,
  };
}

function toEnv(values: z.output<typeof envSchema>, production: boolean) {
  return {
    ...toDatabaseEnv(values),
    twilioAccountSid: values.TWILIO_ACCOUNT_SID,
    twilioAuthToken: values.TWILIO_AUTH_TOKEN,
    twilioAuthTokenPrevious: values.TWILIO_AUTH_TOKEN_PREVIOUS ?? null,
    /** E.164, without the `whatsapp:` prefix */
    twilioSandboxNumber: values.TWILIO_SANDBOX_NUMBER,
    /** without the word `join` */
    twilioSandboxJoinCode: values.TWILIO_SANDBOX_JOIN_CODE ?? null,
    /** origin without trailing slash; signatures are checked against it */
    webhookBaseUrl: values.TWILIO_WEBHOOK_BASE_URL,
    defaultContentSid: values.TWILIO_DEFAULT_CONTENT_SID ?? null,
    twilioApiBaseUrl: values.TWILIO_API_BASE_URL ?? null,
    sessionSecret: values.SESSION_SECRET,
    /** whose word about a request's origin is believed: addresses, networks, `loopback`; nobody's when empty */
    trustedProxies: values.TRUSTED_PROXIES,
    /** of one user, and of one address, to /api/trpc */
    apiRequestsPerMinute: values.API_REQUESTS_PER_MINUTE,
    port: values.PORT,
    sendIntervalMs: values.SEND_INTERVAL_MS,
    sendConcurrency: values.SEND_CONCURRENCY,
    twilioTimeoutMs: values.TWILIO_TIMEOUT_MS,
    messageTwoMaxAgeDays: values.MESSAGE_TWO_MAX_AGE_DAYS,
    retryDelaysSeconds: values.RETRY_DELAYS_SECONDS,
    sandboxMembershipHours: values.SANDBOX_MEMBERSHIP_HOURS,
    serviceWindowHours: values.SERVICE_WINDOW_HOURS,
    /** whoever carries it may read the metrics; without it, this machine alone */
    metricsToken: values.METRICS_TOKEN ?? null,
    workerMetricsPort: values.WORKER_METRICS_PORT ?? null,
    webhooksKeptDays: values.WEBHOOKS_KEPT_DAYS,
    /** null: contacts that were deleted stay as they are */
    deletedContactsKeptDays: values.DELETED_CONTACTS_KEPT_DAYS ?? null,
    /** of the hashes of erased numbers (docs/decisions/0010) */
    erasureKey: values.ERASURE_KEY ?? values.SESSION_SECRET,
    auditKeptMonths: values.AUDIT_KEPT_MONTHS,
    /** null: the audit log stays in the database whole */
    auditArchiveDir: values.AUDIT_ARCHIVE_DIR ?? null,
    production,
    /** `Secure` cookies wherever the browser reaches us over https; the demo speaks http on 127.0.0.1 */
    secureCookies: production && /^https:/.test(values.TWILIO_WEBHOOK_BASE_URL),
  };
}

function withoutBlanks(source: EnvSource): EnvSource {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => {
      const trimmed = value?.trim();
      return trimmed ? [[name, trimmed]] : [];
    }),
  );
}

function readIfPresent(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
