import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { contacts } from "#db/schema/contacts.ts";
import { makeDraft } from "#e2e/draft.ts";
import { expect, signIn, test } from "#e2e/fixtures.ts";
import { makeActivity, makeCrowd, makeStory } from "#e2e/story.ts";

const figure = (page: Page, label: string) =>
  page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
const part = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "Où en sont les messages" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name, exact: true }) });

test("a newcomer lands on the dashboard and is told the next step, one after the other", async ({
  page,
  account,
  db,
}) => {
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: "Tableau de bord" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Tableau de bord" })).toHaveAttribute("aria-current", "page");
  const step = page.locator("li[aria-current=step]");
  await expect(step).toContainText("Ajouter des contacts");
  await makeCrowd(db, account, 1);
  await page.reload();
  await expect(step).toContainText("Créer une campagne");
  await step.getByRole("link", { name: "Créer une campagne" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nouvelle campagne" })).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/tableau-de-bord$/);
});

test("a campaign on its way moves the dashboard without a reload", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const { numbers, campaignId } = await makeDraft(db, account, { people: ["Ambre", "Basile", "Chloé"] });
  for (const number of numbers) await simulator.join(number);
  await page.goto(`/campagnes/${campaignId}`);
  await page.getByRole("button", { name: "Lancer", exact: true }).click();
  await page.getByRole("button", { name: "Lancer la campagne" }).click();
  await expect(page.getByText("Campagne lancée.")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Navigation principale" })
    .getByRole("link", { name: "Tableau de bord" })
    .click();
  await expect(page.getByText("En direct")).toBeVisible();
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

  await expect(figure(page, "Messages envoyés")).toContainText("3");
  await expect(part(page, "Lus")).toContainText("3");
  await expect(figure(page, "Taux de réussite")).toContainText("100");
  await expect(page.getByText("Aucune campagne en cours.")).toBeVisible();
  const volume = page.getByRole("region", { name: "Messages par jour" }).first();
  await expect(volume).toContainText(/3\senvoyés, 0\séchec et 0\sréponse/);
  await simulator.inbound({ phone: numbers[0] ?? "", text: "Oui !" });
  await expect(volume).toContainText(/1\sréponse/);
  await expect(page.getByText(/^Le plus souvent de \d+\sh à \d+\sh\.$/)).toBeVisible();
  expect(await page.evaluate(() => "neverReloaded" in window)).toBe(true);
});

test("figures are one's own, of 7, 30 or 90 days, as charts and as tables, by keyboard", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { contactId } = await makeStory(db, account);
  await makeActivity(db, account);
  await page.goto("/tableau-de-bord");
  await expect(figure(page, "Messages envoyés")).toContainText("6");
  await expect(part(page, "Échecs")).toContainText("2");
  await expect(page.getByRole("link", { name: "Rappel du rendez-vous" })).toBeVisible();

  const periods = page.getByRole("navigation", { name: "Période des graphiques" });
  await expect(periods.getByRole("link", { name: "7 jours" })).toHaveAttribute("aria-current", "true");
  await periods.getByRole("link", { name: "30 jours" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/jours=30/);
  await expect(figure(page, "Coût estimé")).toContainText("30 derniers jours");
  await expect(page.locator(".recharts-bar-rectangle").nth(50)).toBeAttached();

  const summary = page.locator("summary").filter({ hasText: "Messages par jour" });
  await summary.focus();
  await page.keyboard.press("Enter");
  const table = page.getByRole("region", { name: "Messages par jour" }).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(31);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("region", { name: "Messages par jour" }).last()).toBeFocused();

  await db.update(contacts).set({ optedOutAt: new Date() }).where(eq(contacts.id, contactId));
  const active = figure(page, "Contacts actifs").locator("dd").first();
  await expect(active).toHaveText("5");
  await page.reload();
  await expect(active).toHaveText("4");
});
