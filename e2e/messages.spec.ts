import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { expect, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Messages" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const search = (page: Page) => page.getByRole("searchbox", { name: "Rechercher dans les messages" });

test("the history is searched while one types and filtered, all kept in the address", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId } = await makeStory(db, account);
  await page.goto("/");
  await page.getByRole("link", { name: "Messages", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeVisible();
  await expect(page.getByText(/^14\smessages$/)).toBeVisible();
  await search(page).pressSequentially("noa");
  await expect(rows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/recherche=noa/);
  await expect(search(page)).toBeFocused();

  await page.getByLabel("Statut").selectOption({ label: "Échec" });
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("Relance de novembre");
  await page.getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(rows(page)).toHaveCount(14);
  await expect(search(page)).toHaveValue("");

  await page.getByRole("combobox", { name: "Campagne" }).click();
  await page.getByRole("option", { name: "Rappel du rendez-vous" }).click();
  await expect(rows(page)).toHaveCount(5);
  await page.getByLabel("Erreur").selectOption("63015");
  await expect(page.getByRole("heading", { name: "Aucun message ne correspond" })).toBeVisible();
  await page.goto("/messages?erreur=63015");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Exporter" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV pour Excel" }).click(),
  ]);
  expect(readFileSync(await download.path(), "utf8").match(/;Échec;.*;63015;/g)).toHaveLength(2);
  await page.getByLabel("Du", { exact: true }).fill("2020-01-01");
  await page.getByLabel("Au", { exact: true }).fill("2020-01-02");
  await expect(page.getByRole("heading", { name: "Aucun message ne correspond" })).toBeVisible();
  await page.getByRole("link", { name: "Voir tous les messages" }).click();
  await expect(rows(page)).toHaveCount(14);

  await rows(page).filter({ hasText: "Zoé" }).first().getByRole("link", { name: "Zoé" }).click();
  await expect(page).toHaveURL(new RegExp(`/campagnes/(${completedId}|\\d+)/messages/\\d+$`));
});

test("fifty messages a page, the newest first, turned by keyboard", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { pausedId } = await makeStory(db, account);
  await db.execute(sql`insert into messages (campaign_id, content, status)
    select ${pausedId}, 'Rangée ' || n, 'sent' from generate_series(1, 120) n`);
  await page.goto("/messages");
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).first()).toContainText("Rangée 120");
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages.getByRole("button", { name: "Page précédente" })).toBeDisabled();
  await pages.getByRole("link", { name: "Page suivante" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toContainText("Rangée 70");
  await pages.getByRole("link", { name: "Page suivante" }).click();
  await expect(rows(page).first()).toContainText("Rangée 20");
  await expect(pages.getByRole("button", { name: "Page suivante" })).toBeDisabled();
  await pages.getByRole("link", { name: "Page précédente" }).click();
  await expect(rows(page).first()).toContainText("Rangée 70");
  await search(page).fill("rangée");
  await expect(page.getByText(/^plus de 50\smessages$/)).toBeVisible();
  await expect(rows(page).first()).toContainText("Rangée 120");
});
