import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { campaigns } from "#db/schema/campaigns.ts";
import { messages } from "#db/schema/messages.ts";
import { expect, signIn, test } from "#e2e/fixtures.ts";
import { makeCrowd } from "#e2e/story.ts";

test.use({ javaScriptEnabled: false });

/** What a toast says, where no script can show it; texts in <noscript> are found by their element alone. */
const toast = (page: Page) => page.locator("noscript > p");

test("without JavaScript one signs in, makes category, contact and campaign, launches it and signs out", async ({
  page,
  account,
  simulator,
  db,
  problems,
}) => {
  // the scripts a page would load
  problems.expect(/assets\/.*\.js csp$|status of 422/);
  await simulator.join("+33639987201");
  await signIn(page, account);
  await expect(page).toHaveURL(/\/tableau-de-bord$/);
  await page.goto("/categories");
  await page.getByRole("link", { name: "Nouvelle catégorie" }).click();
  await page.getByLabel("Nom de la catégorie").fill("");
  await page.getByRole("button", { name: "Créer la catégorie" }).click();
  await expect(page.getByLabel("Nom de la catégorie")).toHaveAccessibleDescription(
    "Ce champ est obligatoire.",
  );
  await page.getByLabel("Nom de la catégorie").fill("Sans script");
  await page.getByRole("radio", { name: "Corail" }).check({ force: true });
  await page.getByRole("button", { name: "Créer la catégorie" }).click();
  await expect(toast(page)).toContainText("Catégorie créée.");
  await page.getByRole("link", { name: "Modifier Sans script" }).click();
  await expect(page.getByRole("radio", { name: "Corail" })).toBeChecked();
  await page.getByLabel("Nom de la catégorie").fill("Sans aucun script");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("heading", { name: "Sans aucun script" })).toBeVisible();

  await page.goto("/contacts/nouveau");
  await page.getByLabel("Numéro WhatsApp").fill("+33 6 39 98 72");
  await page.getByLabel("Prénom").fill("Lou");
  await page.getByRole("checkbox", { name: "Sans aucun script" }).check();
  await page.getByRole("button", { name: "Ajouter le contact" }).click();
  await expect(page.getByLabel("Numéro WhatsApp")).toHaveAccessibleDescription(/Ce numéro n’existe pas/);
  await expect(page.getByLabel("Prénom")).toHaveValue("Lou");
  await page.getByLabel("Numéro WhatsApp").fill("06 39 98 72 01");
  await page.getByRole("button", { name: "Ajouter le contact" }).click();
  await expect(toast(page)).toContainText("Contact ajouté.");
  await page.getByLabel("Rechercher un contact").fill("lou");
  await page.getByRole("button", { name: "Rechercher", exact: true }).click();
  await expect(page).toHaveURL(/recherche=lou/);
  await expect(page.getByRole("row").filter({ hasText: "Lou" })).toBeVisible();

  await page.goto("/campagnes/nouvelle");
  await page.getByLabel("Nom de la campagne").fill("À la main");
  await page.getByRole("checkbox", { name: /Sans aucun script/ }).check();
  await page.getByLabel("Texte de la variable 1").fill("Relance");
  await page.getByLabel("Contenu de la variable 2").selectOption("firstName");
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "À la main" })).toBeVisible();
  const recipients = page
    .locator("dl > div")
    .filter({ hasText: "Recevront Message 1" })
    .locator("dd")
    .first();
  await expect(recipients).toHaveText("1");
  await page.getByRole("checkbox", { name: /probablement expiré/ }).check();
  await page.getByRole("checkbox", { name: /autre campagne/ }).check();
  await page.getByRole("button", { name: "Recalculer" }).click();
  await expect(page).toHaveURL(/expires=1&occupes=1/);
  await expect(page.getByRole("checkbox", { name: /autre campagne/ })).toBeChecked();
  await expect(recipients).toHaveText("1");
  await page.getByLabel("Date").fill("2020-01-01");
  await page.getByRole("button", { name: "Programmer", exact: true }).click();
  await expect(page.getByLabel("Heure", { exact: true })).toHaveAccessibleDescription(
    /Cette heure est déjà passée/,
  );
  await page.getByRole("button", { name: "Lancer", exact: true }).click();
  await page.getByRole("button", { name: "Lancer la campagne" }).click();
  await expect(toast(page)).toContainText("Campagne lancée.");
  const status = async () => {
    const [message] = await db.select().from(messages).where(eq(messages.toAddress, "whatsapp:+33639987201"));
    return message?.status;
  };
  await expect.poll(status).toBe("read");
  const [launched] = await db.select().from(campaigns).where(eq(campaigns.name, "À la main"));
  expect(launched?.launchOptions).toMatchObject({
    excludeExpired: true,
    excludeBusy: true,
    includeLeft: false,
  });

  await page.goto("/categories");
  await page.getByRole("button", { name: "Supprimer Sans aucun script" }).click();
  await page.getByRole("button", { name: "Supprimer la catégorie" }).click();
  await expect(toast(page)).toContainText("Catégorie supprimée.");
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(toast(page)).toContainText("Vous êtes déconnecté.");
});

test("without JavaScript several contacts are put into a category and deleted, and a file is imported", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/assets\/.*\.js csp$|status of 422/);
  await makeCrowd(db, account, 4);
  await page.goto("/contacts");
  const bar = page.getByRole("form", { name: "Contacts choisis" });
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Choisir Contact 02" }).check();
  await page.getByRole("checkbox", { name: "Choisir Contact 03" }).check();
  await bar.getByRole("button", { name: "Ajouter" }).click();
  await expect(bar.getByRole("alert")).toContainText("champ est à corriger");
  await expect(page.getByRole("checkbox", { name: "Choisir Contact 03" })).toBeChecked();
  await bar.getByLabel("Catégorie à donner ou à retirer").selectOption("Abonnés");
  await bar.getByRole("button", { name: "Ajouter" }).click();
  await expect(toast(page)).toContainText(/2\scontacts ajoutés à «\sAbonnés\s»/);
  await expect(page.getByRole("row").filter({ hasText: "Abonnés" })).toHaveCount(3);

  await page.getByRole("checkbox", { name: "Choisir Contact 01" }).check();
  await page.getByRole("checkbox", { name: "Choisir Contact 04" }).check();
  await bar.getByRole("button", { name: "Supprimer" }).click();
  await expect(page.getByText(/Supprimer 2\scontacts choisis\s\?/)).toBeVisible();
  await page.getByRole("button", { name: "Supprimer ces contacts" }).click();
  await expect(toast(page)).toContainText(/2\scontacts supprimés/);
  await expect(page.getByRole("row").filter({ hasText: "+33" })).toHaveCount(2);

  await page.goto("/contacts/importer");
  await page.getByLabel("Lignes collées").fill("Prénom;Téléphone\nLou;06 39 98 72 02");
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("button", { name: "Vérifier toutes les lignes" }).click();
  const start = page.getByRole("button", { name: /Importer 1\scontact/ });
  await page.getByRole("link", { name: "Voir où il en est" }).click();
  await expect(async () => {
    await page.reload();
    await expect(start).toBeVisible({ timeout: 1000 });
  }).toPass();
  await start.click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "Import terminé" })).toBeVisible({ timeout: 1000 });
  }).toPass();
});
