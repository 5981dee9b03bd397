import { expect, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";

test("the list of campaigns is searched, filtered, and keeps the archive apart", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId } = await makeStory(db, account);
  await page.goto("/campagnes");
  const names = page.getByRole("table", { name: "Campagnes" }).getByRole("link");
  await page.getByRole("searchbox", { name: "Rechercher une campagne" }).fill("RELANCE");
  await expect(names).toHaveText(["Relance de novembre"]);
  await expect(page).toHaveURL(/recherche=RELANCE/);
  const filter = page.getByRole("navigation", { name: "Montrer" });
  await filter.getByRole("link", { name: "Brouillon" }).click();
  await expect(page.getByRole("heading", { name: "Aucune campagne ici" })).toBeVisible();
  await page.getByRole("link", { name: "Toutes les campagnes" }).click();
  await expect(page).toHaveURL(/campagnes$/);
  await filter.getByRole("link", { name: "Brouillon" }).click();
  await expect(names).toHaveText(["Invitation de la presse", "Code de rentrée"]);

  await page.goto(`/campagnes/${completedId}`);
  await page.getByRole("button", { name: "Archiver" }).click();
  await expect(page.getByText("Archivée", { exact: true })).toBeVisible();
  await page.goto("/campagnes");
  await expect(names.filter({ hasText: "Relance de novembre" })).toHaveCount(0);
  await filter.getByRole("link", { name: "Archives" }).click();
  await expect(names).toHaveText(["Relance de novembre"]);
  await names.click();
  await page.getByRole("button", { name: "Sortir des archives" }).click();
  await expect(page.getByRole("button", { name: "Archiver" })).toBeVisible();
});

test("a copy opens in the composer with everything the original says", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId } = await makeStory(db, account);
  await page.goto(`/campagnes/${completedId}`);
  await page.getByRole("button", { name: "Dupliquer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Modifier la campagne" })).toBeVisible();
  await expect(page.getByLabel("Nom de la campagne")).toHaveValue("Relance de novembre (copie)");
  await expect(page.getByLabel("Texte du Message 2")).toHaveValue(/Les détails sont sur/);
  await expect(page.getByRole("checkbox", { name: /Clients fidèles/ })).toBeChecked();

  // before it leaves: those who have had the original can be left out
  await page.goto(page.url().replace(/\/modifier.*/, ""));
  await expect(page.getByText(/contacts ont déjà reçu/)).toBeVisible();
  await page.getByRole("checkbox", { name: /Ne pas réécrire à ceux/ }).check();
  await expect(page).toHaveURL(/deja=1/);
  await expect(page.getByText("A déjà reçu la campagne copiée")).toBeVisible();
  await expect(page.getByText(/contacts ont déjà reçu/)).toHaveCount(0);
});

test("[EX-9.3] whoever chooses contacts that have not joined the sandbox is warned, with the way to join", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await page.goto("/campagnes/nouvelle");
  await page.getByRole("checkbox", { name: /Clients fidèles/ }).check();
  await expect(page.getByText(/destinataires ne sont pas inscrits au Sandbox/)).toBeVisible();
  await page.getByRole("main").getByText("Comment s’inscrire").last().click();
  await expect(page.getByRole("img", { name: /^Code QR/ })).toBeVisible();
  await page.getByRole("checkbox", { name: /Clients fidèles/ }).uncheck();
  await expect(page.getByText(/destinataires ne sont pas inscrits au Sandbox/)).toHaveCount(0);
});

test("[EX-9.4] a message that failed offers the invitation, and another its own cure and the guide", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  await page.goto(`/campagnes/${completedId}/messages/${failedMessageId}`);
  const invite = page.getByRole("link", { name: "Inviter par WhatsApp" });
  await expect(invite).toHaveAttribute("href", /^https:\/\/wa\.me\/33639\d+\?text=.*join%20/);
  await page.getByRole("link", { name: "Ouvrir le guide" }).click();
  await expect(page).toHaveURL(/guide-des-erreurs#63015$/);
  await expect(page.locator("[id='63015']")).toContainText("Sandbox");
  await page.getByLabel("Chercher un code ou un mot").fill("21211");
  await expect(page.getByRole("listitem").getByRole("heading", { level: 2 })).toHaveText(["Numéro invalide"]);
});
