// What every browser test begins with: `import { expect, test } from "#e2e/fixtures.ts"`. All tests share one
// application; each has an admin of its own, who sees only what the test itself makes.
import { randomBytes } from "node:crypto";
import { test as base, expect as baseExpect, type Cookie, type Page } from "@playwright/test";
import { sessionHeader } from "#app/lib/session.server.ts";
import { connect, type Database } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { type BrowserProblems, watchBrowser } from "#e2e/browser-problems.ts";
import { sessionSecret } from "#e2e/stack.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { hashPassword } from "#server/users/password.ts";
import { createSession } from "#server/users/sessions.ts";

export const expect = baseExpect;

type Role = "admin" | "super_admin";
type Account = SignedInUser & { password: string };

type TestFixtures = {
  /** of the account; `test.use({ role: "super_admin" })` */
  role: Role;
  account: Account;
  /** an empty page of a browser in which `account` is signed in */
  signedInPage: Page;
  /** what the browser complained about; fails the test unless the test expected it */
  problems: BrowserProblems;
};

type WorkerFixtures = {
  db: Database;
  simulator: ReturnType<typeof simulatorClient>;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its parameters
  baseURL: async ({}, use) => use(address("E2E_WEB_URL")),

  db: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const { db, close } = connect(address("E2E_DATABASE_URL"), { max: 2, applicationName: "e2e" });
      await use(db);
      await close();
    },
    { scope: "worker" },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  simulator: [async ({}, use) => use(simulatorClient(address("E2E_SIMULATOR_URL"))), { scope: "worker" }],

  role: ["admin", { option: true }],

  account: async ({ db, role }, use) => use(await makeAccount(db, role)),

  problems: [
    async ({ context }, use) => {
      const problems = watchBrowser(context);
      await use(problems);
      problems.failIfAny();
    },
    { auto: true },
  ],

  page: async ({ page, javaScriptEnabled }, use) => {
    if (javaScriptEnabled !== false) wakeAfterLoading(page);
    await use(page);
  },

  signedInPage: async ({ page, context, account, db }, use) => {
    await context.addCookies([await sessionCookie(db, account)]);
    await use(page);
  },
});

/** Of all accounts: hashing one takes a quarter of a second. */
const password = randomBytes(9).toString("base64url");
const passwordHashed = hashPassword(password);

/** An account of nobody else's, with nothing in it. */
export async function makeAccount(db: Database, role: Role = "admin"): Promise<Account> {
  const email = `e2e-${randomBytes(6).toString("hex")}@relance.test`;
  const passwordHash = await passwordHashed;
  const [user] = await db.insert(users).values({ email, passwordHash, role }).returning({ id: users.id });
  if (!user) throw new Error("the account could not be stored");
  return { id: user.id, email, role, password };
}

/** What a browser holds after signing in, without the way there. */
export async function sessionCookie(db: Database, account: SignedInUser): Promise<Cookie> {
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36";
  const from = { ip: "127.0.0.1", userAgent, secret: sessionSecret };
  const token = await createSession(db, { userId: account.id, ...from });
  const [, name = "", value = ""] =
    /^([^=]+)=([^;]*)/.exec(await sessionHeader(token, { secureCookies: false })) ?? [];
  const flags = { httpOnly: true, secure: false, sameSite: "Lax" } as const;
  return { name, value, domain: "127.0.0.1", path: "/", expires: -1, ...flags };
}

/** Waits until the page's scripts answer: a person looks first, a test would be there before them. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      // the simulator's pages and files have none of ours
      !("__remixContext" in window) ||
      Object.keys(document.documentElement).some((key) => key.startsWith("__reactProps")),
  );
}

function wakeAfterLoading(page: Page): void {
  const { goto, reload } = page;
  page.goto = async (url, options) => {
    const response = await goto.call(page, url, options);
    await awake(page);
    return response;
  };
  page.reload = async (options) => {
    const response = await reload.call(page, options);
    await awake(page);
    return response;
  };
}

/** Fills in the sign-in page and sends it; what happens then is the test's to check. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Account, "email" | "password">,
): Promise<void> {
  await page.goto("/connexion");
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

function address(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is set by e2e/global-setup.ts`);
  return value;
}
