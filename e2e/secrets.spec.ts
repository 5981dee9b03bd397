// What is configured as a secret is in nothing that leaves the processes: pages, files, errors, the browser's code, logs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { contacts } from "#db/schema/contacts.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { journal, otherSecrets, sessionSecret } from "#e2e/stack.ts";
import { makeStory } from "#e2e/story.ts";

test.use({ role: "super_admin" });

type Scene = Parameters<Parameters<typeof test>[2]>[0];

/** A reply whose request to Twilio is cut off: the SDK's error of the network holds the request. The line it leaves. */
async function cutOff(
  { page, db, simulator }: Pick<Scene, "page" | "db" | "simulator">,
  contactId: number,
): Promise<string> {
  const [contact] = await db.select().from(contacts).where(eq(contacts.id, contactId));
  await simulator.fault({ to: String(contact?.fullNumber), behaviour: { kind: "cut", accepted: false } });
  await page.goto(`/conversations/${contactId}`);
  await page.getByLabel("Votre réponse").fill("Coupez");
  await page.getByRole("button", { name: "Envoyer" }).click();
  const find = () =>
    readFileSync(journal, "utf8")
      .split("\n")
      .find((line) => line.includes("message not accepted") && line.includes("ECONNRESET"));
  await expect.poll(find).toBeDefined();
  return find() ?? "";
}

test("no secret and no whole phone number leaves the processes", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  context,
  problems,
}) => {
  problems.expect(/status of (400|401|403|404|422)/);
  const story = await makeStory(db, account);
  const { accountSid, authToken } = await simulator.settings();
  const databaseUrl = process.env.E2E_DATABASE_URL ?? "";
  const { password } = new URL(databaseUrl);
  const [cookie] = await context.cookies();
  const secrets = [
    sessionSecret,
    ...Object.values(otherSecrets),
    ...[authToken, otherSecrets.TWILIO_AUTH_TOKEN_PREVIOUS].flatMap((token) => [
      token,
      // as requests to Twilio carry it, and the SDK's errors of the network
      Buffer.from(`${accountSid}:${token}`).toString("base64"),
    ]),
    databaseUrl,
    ...(password ? [password] : []),
    account.password,
    cookie?.value ?? "",
  ];
  expect(secrets.every((secret) => secret.length >= 6)).toBe(true);
  const cut = await cutOff({ page, db, simulator }, story.contactId);
  const seen: Record<string, string> = {};
  const paths = [
    "/contacts",
    "/campagnes",
    `/campagnes/${story.completedId}`,
    `/campagnes/${story.completedId}/preuve`,
    `/campagnes/${story.completedId}/resultats.csv`,
    `/campagnes/${story.completedId}/messages/${story.failedMessageId}`,
    "/messages",
    "/journal",
    "/journal.data",
    "/journal/export.csv",
    "/conversations",
    "/compte",
    "/compte.data",
    "/utilisateurs",
    "/utilisateurs.data",
    "/webhooks",
    "/controles",
    "/sandbox",
    "/tableau-de-bord",
    "/guide-des-erreurs",
    "/nulle-part",
    "/contacts/999999",
    "/campagnes/%E0%A4%A",
    "/metrics",
    "/healthz",
    "/readyz",
    "/api/trpc/users.list",
    "/api/trpc/account.sessions",
    "/api/trpc/nothing.here",
    "/api/trpc/contacts.get?input=oops",
    "/api/webhooks/twilio",
  ];
  expect((await page.request.get("/metrics")).status()).toBe(404);
  const scraper = { authorization: `Bearer ${otherSecrets.METRICS_TOKEN}` };
  for (const path of paths) {
    const response = await page.request.get(path, path === "/metrics" ? { headers: scraper } : {});
    seen[path] = `${JSON.stringify(response.headers())}\n${await response.text()}`;
  }
  expect(seen["/metrics"]).toContain("relance_webhooks_total");
  // none of the headers above is the cookie itself, which is told once, at the sign-in
  const client = readdirSync("build/client", { recursive: true, withFileTypes: true });
  for (const file of client.filter((entry) => entry.isFile() && /\.(js|css|html|map)$/.test(entry.name))) {
    const name = join(file.parentPath, file.name);
    seen[name] = readFileSync(name, "utf8");
  }
  seen.log = readFileSync(journal, "utf8");
  expect(seen.log).toContain(cut);
  expect(seen.log.length).toBeGreaterThan(1000);
  const leaks = Object.entries(seen).flatMap(([where, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret.slice(0, 4)}…`),
  );
  expect(leaks).toEqual([]);
  const { rows } = await db.execute<{ number: string }>(`select full_number as number from contacts`);
  const numbers = rows
    .filter(({ number }) => seen.log?.includes(number))
    .map(({ number }) => number.slice(0, 6));
  expect(numbers).toEqual([]);
});
