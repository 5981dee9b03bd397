// The inspector of webhooks and the checks, as the super admin uses them.
import type { Page } from "@playwright/test";
import { freeNumber } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { formatPhone } from "#server/domain/phone.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";

test.use({ role: "super_admin" });

const path = "/api/webhooks/twilio";
/** Of scripts/lib/local-stack.ts. */
const [accountSid, token] = [`AC${"5".repeat(32)}`, "simulated-auth-token-of-the-demo"];

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Webhooks" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

let count = Date.now() % 1_000_000;
const freshSid = () => `SM${String(count++).padStart(32, "e")}`;

test("[EX-12.5] a test hit goes through the public address, comes back, and is found in the list", async ({
  signedInPage: page,
}) => {
  await page.goto("/campagnes");
  await page.getByRole("link", { name: "Webhooks", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
  await page.getByRole("button", { name: "Envoyer un essai" }).click();
  await expect(page.getByText(/Essai reçu et vérifié en \d+ ms/)).toBeVisible();
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "Essai" });
  await expect(page).toHaveURL(/type=test/);
  await rows(page).first().getByRole("link").click();
  await expect(page).toHaveURL(/webhooks\/\d+/);
  await expect(page.getByText("Accepté", { exact: true })).toBeVisible();
  await expect(page.getByText("Essai arrivé")).toBeVisible();
  await expect(page.getByText("RelanceTest", { exact: true })).toBeVisible();
  await expect(page.getByText("Relance (test)", { exact: true })).toBeVisible();
});

test("[EX-4.1] a hit signed for another address is refused, and the page says for which and what to change", async ({
  signedInPage: page,
  baseURL,
}) => {
  const sid = freshSid();
  const other = new URL(path, baseURL);
  other.hostname = "localhost";
  const fields = { AccountSid: accountSid, MessageSid: sid, From: "whatsapp:+33639980077", Body: "Bonjour" };
  const hit = signWebhook(token, other.href, fields);
  expect((await fetch(other, { method: "POST", ...hit })).status).toBe(403);
  await page.goto("/webhooks?verdict=refused");
  await page.getByRole("searchbox").fill(sid);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("La signature ne correspond pas");
  await rows(page).getByRole("link").click();
  const main = page.getByRole("main");
  await expect(main).toContainText(/Twilio appelle un autre nom\s: localhost, Relance attend 127\.0\.0\.1/);
  await expect(main.getByText(other.href, { exact: true })).toBeVisible();
  await expect(main).toContainText(`Dans la console Twilio, mettez exactement ${new URL(path, baseURL)}`);
  await expect(main.getByText("Signé avec le jeton actuel")).toBeVisible();
  await expect(page.getByRole("button", { name: "Rejouer" })).toHaveCount(0);
});

test("a call by GET, and an unsigned one, say what to change", async ({ signedInPage: page, baseURL }) => {
  expect((await fetch(`${baseURL}${path}?Body=x`)).status).toBe(405);
  expect((await fetch(`${baseURL}${path}`, { method: "POST", body: "Body=x" })).status).toBe(403);
  await page.goto("/webhooks?verdict=refused");
  await rows(page).filter({ hasText: "L’appel n’est pas signé" }).first().getByRole("link").click();
  await expect(page.getByText("Si vous n’êtes pas l’auteur de cet appel")).toBeVisible();
  await page.goto("/webhooks?verdict=refused");
  await rows(page).filter({ hasText: "Appelé sans POST" }).first().getByRole("link").click();
  await expect(page.getByText(`GET ${path}?Body=x`)).toBeVisible();
});

test("an answer that went to its sender once they became a contact is replayed, which changes nothing", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const number = await freeNumber(db);
  await simulator.join(number);
  await simulator.inbound({ phone: number, text: "Bonjour <i>à tous</i>" });
  await page.goto("/webhooks?type=inbound");
  const line = rows(page).filter({ hasText: formatPhone(number) });
  await expect(line).toContainText(/Expéditeur inconnu\s: gardé à part/);
  await createContact(db, {
    user: account,
    number,
    country: "FR",
    firstName: "Élodie",
    lastName: null,
    categoryIds: [],
  });
  await line.getByRole("link").click();
  await expect(page.getByText("Bonjour <i>à tous</i>", { exact: true })).toBeVisible();
  const replay = page.getByRole("button", { name: "Rejouer" });
  await replay.click();
  await expect(page.getByText(/Rejoué\s: Déjà enregistré/)).toBeVisible();
  await page.getByRole("link", { name: "Ouvrir le contact" }).click();
  await expect(page.getByText("Bonjour <i>à tous</i>", { exact: true })).toHaveCount(1);
});

test("the list follows what comes, and turns its pages by the keyboard", async ({
  signedInPage: page,
  baseURL,
}) => {
  await page.goto("/webhooks");
  const sid = freshSid();
  const fields = {
    AccountSid: accountSid,
    MessageSid: sid,
    MessageStatus: "delivered",
    To: "whatsapp:+33639980078",
  };
  const hit = signWebhook(token, `${baseURL}${path}`, fields);
  expect((await fetch(`${baseURL}${path}`, { method: "POST", ...hit })).status).toBe(200);
  const line = rows(page)
    .filter({ hasText: formatPhone("+33639980078") })
    .first();
  await expect(line).toContainText("Aucun de nos messages", { timeout: 15_000 });
  await line.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(sid, { exact: true }).first()).toBeVisible();
});

test("[EX-12.1] the checks say of each what they found; nothing is red here", async ({
  signedInPage: page,
}) => {
  await page.goto("/webhooks");
  await page.getByRole("link", { name: "Contrôles" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contrôles" })).toBeVisible();
  const checks = page.getByRole("list", { name: "Contrôles" }).getByRole("listitem");
  await expect(checks).toHaveCount(10);
  await expect(checks.filter({ hasText: "À corriger" })).toHaveCount(0);
  await expect(checks.filter({ hasText: "Adresse publique" })).toContainText(/Aller-retour signé par/);
  await expect(checks.filter({ hasText: "Identifiants Twilio" })).toContainText("Twilio reconnaît le compte");
});

test.describe("before JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a test hit is sent, and the list is filtered", async ({ signedInPage: page, problems }) => {
    problems.expect(/assets\/.*\.js csp$/);
    await page.goto("/webhooks?type=test");
    await page.getByRole("button", { name: "Envoyer un essai" }).click();
    await expect(page.getByText(/Essai reçu et vérifié/)).toBeVisible();
    await page.getByLabel("Verdict", { exact: true }).selectOption("accepted");
    await page.getByRole("button", { name: "Rechercher", exact: true }).click();
    await expect(page).toHaveURL(/verdict=accepted/);
    await expect(rows(page).first()).toContainText("Accepté");
  });
});

test.describe("an admin", () => {
  test.use({ role: "admin" });

  test("finds neither the page nor its entry", async ({ signedInPage: page, problems }) => {
    problems.expect(/status of 403/);
    await page.goto("/campagnes");
    await expect(page.getByRole("navigation", { name: "Navigation principale" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Webhooks", exact: true })).toHaveCount(0);
    for (const address of ["/webhooks", "/webhooks/1"]) {
      expect((await page.goto(address))?.status()).toBe(403);
    }
  });
});
