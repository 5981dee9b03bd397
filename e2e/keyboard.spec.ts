import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#e2e/fixtures.ts";

const person = { first: "Louise", typed: "06 39 98 71 11", number: "+33639987111" };

/** Presses Tab until the element has the focus, as a person does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not get there");
}

async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function goTo(page: Page, words: string, heading: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Rechercher partout" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
  await expect(palette.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

test("the main job by the keyboard alone: a category, a contact, a campaign, its launch, its results", async ({
  signedInPage: page,
  simulator,
}) => {
  test.setTimeout(120_000);
  await simulator.join(person.number);

  await page.goto("/");
  await goTo(page, "catégories", "Catégories");
  await press(page, page.getByRole("link", { name: "Nouvelle catégorie" }).first());
  await typeInto(page, page.getByLabel("Nom de la catégorie"), "Clavier");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Clavier" })).toBeVisible();

  await goTo(page, "ajouter un contact", "Nouveau contact");
  await typeInto(page, page.getByLabel(/^Numéro/), person.typed);
  await typeInto(page, page.getByLabel(/^Prénom/), person.first);
  await press(page, page.getByRole("checkbox", { name: /Clavier/ }), "Space");
  await press(page, page.getByRole("button", { name: "Ajouter le contact" }));
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();

  await goTo(page, "nouvelle campagne", "Nouvelle campagne");
  await typeInto(page, page.getByLabel("Nom de la campagne"), "Sans souris");
  await press(page, page.getByRole("checkbox", { name: /Clavier/ }), "Space");
  await typeInto(page, page.getByLabel("Texte de la variable 1"), "Relance");
  await typeInto(page, page.getByLabel("Texte de la variable 2"), "1234");
  await press(page, page.getByRole("button", { name: "Enregistrer et continuer" }));
  await expect(page.getByRole("heading", { level: 1, name: "Sans souris" })).toBeVisible();

  await press(page, page.getByRole("button", { name: "Lancer", exact: true }));
  await press(page, page.getByRole("button", { name: "Lancer la campagne" }));
  const row = page.getByRole("row").filter({ hasText: person.first }).filter({ hasText: "Message 1" });
  await expect(row).toContainText("Lu", { timeout: 30_000 });
  await press(page, row.getByRole("link", { name: person.first }));
  await expect(page.getByRole("heading", { level: 1, name: `Message à ${person.first}` })).toBeVisible();
});
