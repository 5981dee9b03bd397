import { expect, test } from "#e2e/fixtures.ts";
import { makeCrowd } from "#e2e/story.ts";

test("contacts come fifty a page, and the last page is there after its only contact was deleted", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 51);
  await page.goto("/contacts");
  const rows = page.getByRole("row").filter({ hasText: "Contact" }).filter({ hasText: "+33" });
  await expect(rows).toHaveCount(50);
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages).toContainText("1 à 50 sur 51");
  await pages.getByRole("link", { name: "Page suivante" }).click();
  await expect(rows).toHaveCount(1);
  await expect(pages).toContainText("51 à 51 sur 51");
  await expect(pages.getByRole("button", { name: "Page suivante" })).toBeDisabled();

  await rows.getByRole("button", { name: /^Supprimer/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer le contact" }).click();
  await expect(page.getByText("50 contacts")).toBeVisible();
  await expect(rows).toHaveCount(50);
});

test("the list is searched while one types and filtered by category, both kept in the address", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 12);
  await page.goto("/contacts");
  const rows = page.getByRole("row").filter({ hasText: "+33" });
  await expect(rows).toHaveCount(12);
  await page.getByRole("searchbox", { name: "Rechercher un contact" }).pressSequentially("contact 07");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Contact 07");

  await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Abonnés (1)" });
  await expect(page.getByRole("heading", { name: "Aucun contact ne correspond" })).toBeVisible();
  await page.getByRole("link", { name: "Voir tous les contacts" }).click();
  await expect(rows).toHaveCount(12);

  await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Abonnés (1)" });
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toContainText("Contact 01");
  await expect(page.getByLabel("Catégorie", { exact: true })).toHaveValue(/\d+/);
});

test("a wrong number is refused beside its field, and everything typed stays", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 422/);
  await makeCrowd(db, account, 1);
  await page.goto("/contacts/nouveau");
  const country = page.getByRole("combobox", { name: "Pays" });
  await country.fill("Belg");
  await page.getByRole("option", { name: "+32 Belgique" }).click();
  const number = page.getByLabel("Numéro WhatsApp");
  await number.fill("12");
  await page.getByLabel("Prénom").fill("Inès");
  await page.getByRole("checkbox", { name: "Abonnés" }).check();
  await page.getByRole("button", { name: "Ajouter le contact" }).click();

  await expect(number).toHaveAttribute("aria-invalid", "true");
  await expect(number).toHaveAccessibleDescription(/Ce numéro n’existe pas dans ce pays\./);
  await expect(number).toBeFocused();
  await expect(number).toHaveValue("12");
  await expect(country).toHaveValue("+32 Belgique");
  await expect(page.getByLabel("Prénom")).toHaveValue("Inès");
  await expect(page.getByRole("checkbox", { name: "Abonnés" })).toBeChecked();
});
