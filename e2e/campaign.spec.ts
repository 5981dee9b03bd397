import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/fixtures.ts";

/** Numbers of the range reserved for fiction, which no other test uses. */
const camille = { first: "Camille", last: "Durand", typed: "06 39 98 70 01", number: "+33639987001" };
const sacha = { first: "Sacha", last: "Petit", typed: "+33 6 39 98 70 02", number: "+33639987002" };
const noa = { first: "Noa", last: "Garnier", typed: "06 39 98 70 03", number: "+33639987003" };
const messageTwo = "Merci ! Les détails sont sur https://example.org/details";

type Person = typeof camille;

async function addCategory(page: Page, name: string): Promise<void> {
  await page.goto("/categories");
  await page
    .getByRole("button", { name: "Nouvelle catégorie" })
    .or(page.getByRole("link", { name: "Nouvelle catégorie" }))
    .first()
    .click();
  await page.getByLabel("Nom de la catégorie").fill(name);
  await page.getByRole("button", { name: "Créer la catégorie" }).click();
  await expect(page.getByText("Catégorie créée.")).toBeVisible();
}

async function addContact(page: Page, person: Person, category: string): Promise<void> {
  await page.goto("/contacts/nouveau");
  await page.getByLabel(/^Numéro/).fill(person.typed);
  await page.getByLabel(/^Prénom/).fill(person.first);
  await page.getByLabel("Nom", { exact: false }).last().fill(person.last);
  await page.getByRole("checkbox", { name: new RegExp(category) }).check();
  await page.getByRole("button", { name: "Ajouter le contact" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByText(`${person.first} ${person.last}`).first()).toBeVisible();
}

/** Ends on the page of the launched campaign. */
async function launchCampaign(page: Page, name: string, category: string): Promise<void> {
  await page.goto("/campagnes/nouvelle");
  await page.getByLabel("Nom de la campagne").fill(name);
  await page.getByRole("checkbox", { name: new RegExp(category) }).check();
  await page.getByLabel("Texte de la variable 1").fill("Relance");
  await page.getByLabel("Contenu de la variable 2").selectOption("firstName");
  await page.getByLabel("Valeur de repli de la variable 2").fill("client");
  await page.getByLabel("Texte du Message 2").fill(messageTwo);
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "Lancer", exact: true }).click();
  await page.getByRole("button", { name: "Lancer la campagne" }).click();
}

const row = (page: Page, person: Person, type: string) =>
  page
    .getByRole("row")
    .filter({ hasText: `${person.first} ${person.last}` })
    .filter({ hasText: type });

const counter = (page: Page, label: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator("dd span")
    .first();

test("[EX-4.5] [EX-5.3] [EX-6.6] a campaign goes out, is read, and whoever answers gets Message 2, all without a reload", async ({
  signedInPage: page,
  simulator,
}) => {
  await simulator.join(camille.number);
  await simulator.join(sacha.number);
  await addCategory(page, "Clients de novembre");
  await addContact(page, camille, "Clients de novembre");
  await addContact(page, sacha, "Clients de novembre");
  await launchCampaign(page, "Relance de novembre", "Clients de novembre");
  await page.evaluate(() => {
    document.documentElement.dataset.neverReloaded = "yes";
  });

  await expect(row(page, camille, "Message 1")).toContainText("Lu");
  await expect(row(page, sacha, "Message 1")).toContainText("Lu");
  const [toCamille] = await simulator.messages({ to: camille.number });
  expect(toCamille?.body).toBe("Your Relance code is Camille");

  await simulator.inbound({ phone: camille.number, text: "Oui, volontiers" });
  await expect(row(page, camille, "Message 2")).toContainText("Lu");
  await expect(row(page, sacha, "Message 2")).toHaveCount(0);
  const answers = await simulator.messages({ to: camille.number });
  expect(answers.map(({ body }) => body)).toEqual(["Your Relance code is Camille", messageTwo]);
  expect(await simulator.messages({ to: sacha.number })).toHaveLength(1);

  for (const [label, value] of [
    ["Destinataires", "2"],
    ["Envoyés", "2"],
    ["Remis", "2"],
    ["Lus", "2"],
    ["Échecs", "0"],
    ["Réponses", "1"],
  ] as const) {
    await expect(counter(page, label), label).toHaveText(value);
  }
  await expect(page.getByText("Terminée").first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset.neverReloaded)).toBe("yes");
});

test("[EX-7.1] [EX-9.4] a contact outside the sandbox fails with the way to join, joins, and receives the second time", async ({
  signedInPage: page,
  simulator,
}) => {
  await addCategory(page, "Prospects");
  await addContact(page, noa, "Prospects");
  await launchCampaign(page, "Premier contact", "Prospects");

  await expect(row(page, noa, "Message 1")).toContainText("Échec");
  await expect(page.getByText("63015").first()).toBeVisible();
  await row(page, noa, "Message 1").getByText("Comment s’inscrire").click();
  const { joinCode } = await simulator.settings();
  await expect(row(page, noa, "Message 1")).toContainText(`join ${joinCode}`);
  await expect(row(page, noa, "Message 1")).toContainText(/\+1 415.523.8886/);

  await simulator.join(noa.number);
  await page.getByRole("button", { name: /^Réessayer pour Noa/ }).click();
  await expect(row(page, noa, "Message 1")).toContainText("Lu");
  const accepted = await simulator.messages({ to: noa.number, status: "read" });
  expect(accepted).toHaveLength(1);
});
