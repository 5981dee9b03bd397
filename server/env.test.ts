import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { EnvError, type EnvPurpose, type EnvSource, examineEnv, loadDotEnv, readEnv } from "#server/env.ts";
import { envSchema } from "#server/env-schema.ts";

const complete = {
  DATABASE_URL: "postgres://relance:pw@127.0.0.1:5432/relance",
  TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000001",
  TWILIO_AUTH_TOKEN: "0123456789abcdef0123456789abcdef",
  TWILIO_SANDBOX_NUMBER: "+14155238886",
  TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org",
  SESSION_SECRET: "a-session-secret-of-32-characters",
} satisfies EnvSource;

function problemOf(source: EnvSource, purpose: EnvPurpose = "web"): EnvError {
  try {
    if (purpose === "migrate") readEnv(source, { for: purpose });
    else readEnv(source, { for: purpose });
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

async function envFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "relance-env-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, ".env");
  writeFileSync(file, text);
  return file;
}

test("[EX-1.1] the Twilio variables come from the .env file", async () => {
  const file = await envFile(
    Object.entries(complete)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
  expect(readEnv(loadDotEnv(file, {}), { for: "web" })).toMatchObject({
    twilioAccountSid: complete.TWILIO_ACCOUNT_SID,
    twilioAuthToken: complete.TWILIO_AUTH_TOKEN,
    twilioSandboxNumber: "+14155238886",
  });
});

test("the real environment wins over the .env file unless it is blank", async () => {
  const file = await envFile("PORT=4000\nTZ_DISPLAY=UTC\n");
  expect(loadDotEnv(file, { PORT: "5000", TZ_DISPLAY: "  " })).toEqual({ PORT: "5000", TZ_DISPLAY: "UTC" });
});

test("a .env file that is absent or switched off adds nothing", async () => {
  expect(loadDotEnv("/nonexistent/.env", { PORT: "5000" })).toEqual({ PORT: "5000" });
  const file = await envFile("PORT=4000\n");
  expect(loadDotEnv(file, { RELANCE_DOTENV: "off" })).toEqual({ RELANCE_DOTENV: "off" });
});

test("a .env file written by a Windows editor is read", async () => {
  const file = await envFile("\uFEFFPORT=4000\r\nTZ_DISPLAY=UTC\r\n");
  expect(loadDotEnv(file, {})).toEqual({ PORT: "4000", TZ_DISPLAY: "UTC" });
});

test.each([
  "DATABASE_URL",
  "TWILIO_ACCOUNT_SID",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_SANDBOX_NUMBER",
  "TWILIO_WEBHOOK_BASE_URL",
  "SESSION_SECRET",
])("[EX-1.2] a missing or blank %s is named", (name) => {
  for (const value of [undefined, "", "  "]) {
    for (const purpose of ["web", "worker"] as const) {
      const error = problemOf({ ...complete, [name]: value }, purpose);
      expect(error.variables).toEqual([name]);
      expect(error.message).toContain(`${name} : manquante`);
    }
  }
});

test("[EX-1.2] every missing and every wrong variable is named at once, in the order of the schema", () => {
  const error = problemOf({ ...complete, TWILIO_AUTH_TOKEN: "", PORT: "trois mille", TZ_DISPLAY: "Paris" });
  expect(error.variables).toEqual(["TWILIO_AUTH_TOKEN", "PORT", "TZ_DISPLAY"]);
  expect(error.message).toBe(
    [
      "Configuration incorrecte : 3 variables sont à corriger dans le fichier .env ou dans l'environnement.",
      "  - TWILIO_AUTH_TOKEN : manquante (« Auth Token » de la console Twilio)",
      "  - PORT : nombre entier entre 0 et 65535 attendu (reçu : « trois mille »)",
      "  - TZ_DISPLAY : fuseau horaire attendu, par exemple Europe/Paris (reçu : « Paris »)",
      "Chaque variable est expliquée dans .env.example.",
    ].join("\n"),
  );
});

test("the value of a wrong secret is not repeated", () => {
  const error = problemOf({
    ...complete,
    SESSION_SECRET: "too-short",
    TWILIO_AUTH_TOKEN: "with a space",
    DATABASE_URL: "mysql://root:hunter2@db/relance",
    DATABASE_DIRECT_URL: "hunter2",
  });
  expect(error.variables).toHaveLength(4);
  expect(error.message).not.toMatch(/too-short|with a space|hunter2/);
});

test("the defaults are those of the requirements", () => {
  expect(readEnv(complete, { for: "worker" })).toEqual({
    databaseUrl: complete.DATABASE_URL,
    databaseDirectUrl: complete.DATABASE_URL,
    twilioAccountSid: complete.TWILIO_ACCOUNT_SID,
    twilioAuthToken: complete.TWILIO_AUTH_TOKEN,
    twilioAuthTokenPrevious: null,
    twilioSandboxNumber: "+14155238886",
    twilioSandboxJoinCode: null,
    webhookBaseUrl: "https://relance.example.org",
    defaultContentSid: null,
    twilioApiBaseUrl: null,
    sessionSecret: complete.SESSION_SECRET,
    trustedProxies: [],
    apiRequestsPerMinute: 100,
    port: 3000,
    sendIntervalMs: 3000,
    sendConcurrency: 5,
    twilioTimeoutMs: 15_000,
    messageTwoMaxAgeDays: 30,
    retryDelaysSeconds: [60, 120, 240],
    sandboxMembershipHours: 72,
    serviceWindowHours: 24,
    tzDisplay: "Europe/Paris",
    metricsToken: null,
    workerMetricsPort: null,
    webhooksKeptDays: 30,
    deletedContactsKeptDays: null,
    erasureKey: complete.SESSION_SECRET,
    auditKeptMonths: 12,
    auditArchiveDir: null,
    production: false,
    secureCookies: false,
  });
});

test("values are read as people write them", () => {
  const env = readEnv(
    {
      ...complete,
      TWILIO_SANDBOX_NUMBER: " whatsapp:+1 (415) 523-8886 ",
      TWILIO_SANDBOX_JOIN_CODE: "join bright-tiger",
      TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org/",
      TWILIO_API_BASE_URL: "http://127.0.0.1:4010/",
      SEND_INTERVAL_MS: "12.5",
      RETRY_DELAYS_SECONDS: "0.1, 1, 2",
      NODE_ENV: "production",
    },
    { for: "web" },
  );
  expect(env).toMatchObject({
    twilioSandboxNumber: "+14155238886",
    twilioSandboxJoinCode: "bright-tiger",
    webhookBaseUrl: "https://relance.example.org",
    twilioApiBaseUrl: "http://127.0.0.1:4010",
    sendIntervalMs: 12.5,
    retryDelaysSeconds: [0.1, 1, 2],
    production: true,
    secureCookies: true,
  });
});

test.each([
  ["DATABASE_URL", "postgres://user:p#w@host/db"],
  ["DATABASE_URL", "postgres://user:pw@host/db?sslmode=verify-full&sslrootcert=/not/there.crt"],
  ["DATABASE_DIRECT_URL", "postgres://user:pw@host/db?sslrootcert=/not/there.crt"],
  ["TWILIO_ACCOUNT_SID", "SK00000000000000000000000000000001"],
  ["TWILIO_SANDBOX_NUMBER", "14155238886"],
  ["TWILIO_WEBHOOK_BASE_URL", "relance.example.org"],
  ["TWILIO_WEBHOOK_BASE_URL", "http://relance.example.org"],
  ["TWILIO_WEBHOOK_BASE_URL", "https://relance.example.org/api/webhooks/twilio"],
  ["TWILIO_DEFAULT_CONTENT_SID", "MG00000000000000000000000000000001"],
  ["TWILIO_API_BASE_URL", "127.0.0.1:4010"],
  ["PORT", "3000.5"],
  ["SEND_INTERVAL_MS", "-1"],
  ["SEND_INTERVAL_MS", "3s"],
  ["SEND_CONCURRENCY", "0"],
  ["RETRY_DELAYS_SECONDS", "60,120"],
  ["RETRY_DELAYS_SECONDS", "60;120;240"],
  ["SANDBOX_MEMBERSHIP_HOURS", "0"],
])("%s=%s is refused", (name, value) => {
  expect(problemOf({ ...complete, [name]: value }).variables).toEqual([name]);
});

test("the webhook address may be plain http on this machine only", () => {
  for (const origin of ["http://127.0.0.1:3000", "http://localhost:3000"]) {
    const env = readEnv({ ...complete, TWILIO_WEBHOOK_BASE_URL: origin }, { for: "web" });
    expect(env.webhookBaseUrl).toBe(origin);
  }
});

test("a migration needs the database alone, and reads whose days are shown", () => {
  const tzDisplay = "Europe/Paris";
  const databaseDirectUrl = "postgres://relance:pw@127.0.0.1:5433/relance";
  expect(readEnv({ DATABASE_URL: complete.DATABASE_URL }, { for: "migrate" })).toEqual({
    databaseUrl: complete.DATABASE_URL,
    databaseDirectUrl: complete.DATABASE_URL,
    tzDisplay,
  });
  expect(
    readEnv(
      {
        DATABASE_URL: complete.DATABASE_URL,
        DATABASE_DIRECT_URL: databaseDirectUrl,
        TZ_DISPLAY: "America/Martinique",
      },
      { for: "migrate" },
    ),
  ).toEqual({
    databaseUrl: complete.DATABASE_URL,
    databaseDirectUrl,
    tzDisplay: "America/Martinique",
  });
  expect(problemOf({}, "migrate").variables).toEqual(["DATABASE_URL"]);
});

const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");

test("[EX-1.5] .env.example holds every variable of the schema and nothing else", () => {
  expect(Object.keys(parseEnv(example)).sort()).toEqual(Object.keys(envSchema.shape).sort());
});

test("[EX-1.5] every variable of .env.example is explained in French above it", () => {
  const lines = example.split("\n");
  for (const name of Object.keys(envSchema.shape)) {
    const comment = lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1];
    expect(comment, name).toMatch(/^# .*[.:]/);
  }
  expect(example).toMatch(/Obligatoire/);
});

test("[EX-1.5] the values written in .env.example are the defaults of the schema", () => {
  const { NODE_ENV: _, ...given } = { ...parseEnv(example), ...complete } as EnvSource;
  expect(readEnv(given, { for: "web" })).toEqual(readEnv(complete, { for: "web" }));
});

test("[EX-1.2] an examination reads whatever is right and names every problem, without the value it is about", () => {
  const pasted = "AC0123456789-of-somebody";
  const { known, problems } = examineEnv({ ...complete, TWILIO_ACCOUNT_SID: pasted, SESSION_SECRET: " " });
  expect(problems.map(({ variable }) => variable)).toEqual(["TWILIO_ACCOUNT_SID", "SESSION_SECRET"]);
  expect(JSON.stringify(problems)).not.toContain(pasted);
  expect(known).toMatchObject({
    twilioAccountSid: null,
    sessionSecret: null,
    databaseDirectUrl: complete.DATABASE_URL,
    twilioSandboxNumber: "+14155238886",
    port: 3000,
  });
  const right = examineEnv(complete);
  expect(right).toEqual({ known: readEnv(complete, { for: "web" }), problems: [] });
  expect(Object.values(examineEnv({}).known)).not.toContain(undefined);
});

test("[EX-1.5] .env.example says « Obligatoire » of the variables that have to be given, and of no other", () => {
  const comments = example.split(/^[A-Z][A-Z_]*=.*$/m);
  const names = [...example.matchAll(/^([A-Z][A-Z_]*)=/gm)].map(([, name = ""]) => name);
  const said = names.filter((_, at) => comments[at]?.includes("Obligatoire"));
  const needed = Object.keys(envSchema.shape).filter((name) => problemOf({}, "web").variables.includes(name));
  expect(said.sort()).toEqual(needed.sort());
});

test("nobody's word is believed about where a request comes from but that of the proxies that are named", () => {
  const proxies = (text: string) =>
    readEnv({ ...complete, TRUSTED_PROXIES: text }, { for: "web" }).trustedProxies;
  expect(readEnv(complete, { for: "web" }).trustedProxies).toEqual([]);
  expect(proxies("loopback, 10.0.0.0/8,2001:db8::/32")).toEqual(["loopback", "10.0.0.0/8", "2001:db8::/32"]);
  for (const wrong of ["true", "10.0.0.0/33", "proxy.example.org", "*", "1"]) {
    expect(problemOf({ ...complete, TRUSTED_PROXIES: wrong }).variables).toEqual(["TRUSTED_PROXIES"]);
  }
});
