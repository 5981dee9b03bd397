// Gupshup, the provider before Twilio, is gone: from the code, the configuration, the dependencies and the tests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { examineEnv, loadDotEnv, readEnv } from "#server/env.ts";
import { envSchema } from "#server/env-schema.ts";

/** Where the name has something to say; a link to the guide of the move is nobody's use of it. */
const guide = "docs/Migration_Gupshup_vers_Twilio.md";
const speakOfIt = [
  guide,
  "docs/exigences-source.md",
  "docs/exigences.md",
  "docs/decisions/0009-where-the-previous-name-stands.md",
  "app/routes/api.webhooks.gupshup.ts",
  "server/http/previous-webhook.db.test.ts",
  "scripts/previous-provider.test.ts",
  "scripts/migration-guide.test.ts",
];
const linkToGuide = /Migration_Gupshup_vers_Twilio/g;

/** Every file of the project: what git knows, and what it would take in. */
function filesOfProject(): string[] {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  if (git.status !== 0) throw new Error(git.stderr);
  return git.stdout.split("\0").filter((file) => file !== "" && read(file) !== null);
}

/** null for one that was removed and not yet committed so */
function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** In its name as well as in its text. */
const speaks = (file: string) => /gupshup/i.test(`${file}\n${read(file)}`.replace(linkToGuide, ""));

test("[EX-8.2] [EX-8.4] no file names it, no module imports it, no test is left of it", () => {
  const files = filesOfProject();
  expect(files).toContain("server/twilio/gateway.ts");
  const allowed = (file: string) => speakOfIt.includes(file) || /^db\/(migrations|takeover)\//.test(file);
  expect(files.filter((file) => speaks(file) && !allowed(file))).toEqual([]);
  expect(speakOfIt.filter((file) => !files.includes(file))).toEqual([]);
});

test("[EX-8.2] what it did, nobody but server/twilio/ asks of Twilio", () => {
  const askTwilio = filesOfProject().filter(
    (file) =>
      /^(app|server|jobs|db)\/.*(?<!\.test)\.tsx?$/.test(file) && /from "twilio["/]/.test(read(file) ?? ""),
  );
  expect(askTwilio).toContain("server/twilio/client.ts");
  const elsewhere = askTwilio.filter((file) => !/^server\/(twilio|testing)\//.test(file));
  expect(elsewhere).toEqual([]);
});

const complete = {
  DATABASE_URL: "postgres://relance:pw@127.0.0.1:5432/relance",
  TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000001",
  TWILIO_AUTH_TOKEN: "0123456789abcdef0123456789abcdef",
  TWILIO_SANDBOX_NUMBER: "+14155238886",
  TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org",
  SESSION_SECRET: "a-session-secret-of-32-characters",
};
const previous = {
  GUPSHUP_API_KEY: "x",
  GUPSHUP_APP_NAME: "",
  GUPSHUP_PHONE_NUMBER: "+33 not a number",
  GUPSHUP_SOURCE_NUMBER: "?",
};

test("[EX-1.3] [EX-8.3] its variables are ignored without a word, in .env and in the environment, by every process", () => {
  const folder = mkdtempSync(join(tmpdir(), "relance-env-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lines = Object.entries({ ...complete, ...previous }).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, ".env"), lines.join(""));
  const sources = [loadDotEnv(join(folder, ".env"), {}), { ...complete, ...previous }];
  for (const source of sources) {
    for (const purpose of ["web", "worker"] as const)
      expect(readEnv(source, { for: purpose })).toEqual(readEnv(complete, { for: purpose }));
    expect(readEnv(source, { for: "migrate" })).toEqual(readEnv(complete, { for: "migrate" }));
    expect(examineEnv(source)).toEqual(examineEnv(complete));
  }
});

test("[EX-8.3] no variable of it is left in the configuration", () => {
  for (const name of Object.keys(previous)) expect(envSchema.shape).not.toHaveProperty(name);
  expect(read(".env.example")).not.toMatch(/gupshup/i);
});
