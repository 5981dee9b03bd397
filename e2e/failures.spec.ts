import { eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { expectAccessible } from "#e2e/axe.ts";
import { test as base, expect, signIn } from "#e2e/fixtures.ts";
import { type OwnWeb, openOwnWeb } from "#e2e/own-web.ts";
import { makeStory } from "#e2e/story.ts";

const test = base.extend<{ web: OwnWeb }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its parameters
  web: async ({}, use) => {
    const web = await openOwnWeb();
    await use(web);
    await web.close();
  },
  baseURL: async ({ web }, use) => use(web.url),
});

base("an address that leads nowhere says so, with a way back", async ({ page, account, problems }) => {
  problems.expect(/status of 404/);
  const response = await page.goto("/nulle-part");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Page introuvable" })).toBeVisible();
  await expect(page).toHaveTitle("Page introuvable · Relance");
  await signIn(page, account);
  await page.waitForURL("**/tableau-de-bord");
  await page.goto("/campagnes/999999");
  await expect(page.getByRole("heading", { level: 1, name: "Page introuvable" })).toBeVisible();
  await page.getByRole("link", { name: "Revenir au tableau de bord" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tableau de bord" })).toBeVisible();
});

test("without a database a page says so in French with 503, and comes back by itself", async ({
  signedInPage: page,
  web,
  problems,
}) => {
  problems.expect(/503/);
  web.database.cut();
  const response = await page.goto("/contacts");
  expect(response?.status()).toBe(503);
  await expect(page.getByRole("heading", { level: 1, name: "Base de données injoignable" })).toBeVisible();
  await expect(page.getByText("Rien n’est perdu")).toBeVisible();
  await expect(page.getByRole("link", { name: "Réessayer" })).toHaveAttribute("href", "/contacts");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `no database, ${colorScheme}`);
  }
  web.database.restore();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
});

test("a form sent while there is no database stays as it was filled in, and can be sent again", async ({
  signedInPage: page,
  web,
  problems,
}) => {
  problems.expect(/503/);
  await page.goto("/categories?ajouter=1");
  const name = page.getByLabel("Nom de la catégorie");
  await name.fill("Tenace");
  web.database.cut();
  const create = page.getByRole("button", { name: "Créer la catégorie" });
  await create.click();
  await expect(page.getByRole("alert")).toContainText("La base de données ne répond pas.");
  await expect(name).toHaveValue("Tenace");
  web.database.restore();
  await create.click();
  await expect(page.getByRole("heading", { level: 2, name: "Tenace" })).toBeVisible();
});

test.afterEach(async ({ db }) => {
  await db.update(senders).set({ pauseReason: null, pausedAt: null });
});

test("news that comes while a form is on its way does not put an error page in its place", async ({
  signedInPage: page,
  context,
  web,
  db,
  problems,
}) => {
  problems.expect(/503/);
  const beside = await context.newPage();
  await beside.goto("/categories");
  await page.goto("/categories?ajouter=1");
  const name = page.getByLabel("Nom de la catégorie");
  await name.fill("Tenace");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/categories\.data/, async (route) => {
    await released;
    await route.continue();
  });
  await page.getByRole("button", { name: "Créer la catégorie" }).click();
  await db.update(senders).set({ pauseReason: "account", pausedAt: new Date() });
  // both tabs are told at once
  await expect(beside.getByText("Envois suspendus")).toBeVisible();
  web.database.cut();
  const asked = page.waitForResponse(/readyz/);
  release();
  await asked;
  await expect(page.getByRole("alert")).toContainText("La base de données ne répond pas.");
  await expect(name).toHaveValue("Tenace");
  web.database.restore();
  await expect(page.getByText("Envois suspendus")).toBeVisible();
  await expect(name).toHaveValue("Tenace");
});

test("a page left open follows its campaign again after the database, and after the server was away", async ({
  signedInPage: page,
  account,
  db,
  web,
  problems,
}) => {
  problems.expect(/50\d|ERR_CONNECTION|ERR_INCOMPLETE|live\.changes|readyz/);
  const { completedId, failedMessageId } = await makeStory(db, account);
  const become = (status: "delivered" | "read") =>
    db.update(messages).set({ status }).where(eq(messages.id, failedMessageId));
  const noa = page.getByRole("row").filter({ hasText: "Noa Garnier" });
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("En direct")).toBeVisible();
  web.database.cut();
  await become("delivered");
  web.database.restore();
  await expect(noa).toContainText("Remis", { timeout: 30_000 });
  await web.stop();
  // a page that was just being read says that it waits for the server
  await expect(
    page
      .getByText("Actualisation toutes les 5 s")
      .or(page.getByRole("heading", { name: "Connexion perdue" })),
  ).toBeVisible();
  await become("read");
  await web.start();
  await expect(noa).toContainText("Lu", { timeout: 30_000 });
  await expect(page.getByText("En direct")).toBeVisible({ timeout: 30_000 });
});
