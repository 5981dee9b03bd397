import { eq } from "drizzle-orm";
import { campaigns } from "#db/schema/campaigns.ts";
import { messages } from "#db/schema/messages.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";

test("the history is filtered by any campaign, found by its name, and by our own reasons", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  await db.update(campaigns).set({ name: "Vœux d’Hélène" }).where(eq(campaigns.id, completedId));
  await db.insert(campaigns).values(
    Array.from({ length: 220 }, (_, nr) => ({
      name: `Lot ${nr}`,
      message1: "x",
      createdBy: account.id,
      totalRecipients: 1,
    })),
  );
  await db
    .update(messages)
    .set({ errorCode: null, errorMessage: "ECONNREFUSED" })
    .where(eq(messages.id, failedMessageId));
  await page.goto("/messages?statut=failed");
  const campaign = page.getByRole("combobox", { name: "Campagne" });
  await expect(campaign).toHaveValue("Toutes");
  await campaign.click();
  await page.keyboard.type("helene voeux");
  await expect(page.getByRole("option", { name: "Vœux d’Hélène" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`statut=failed.*campagne=${completedId}`));
  await expect(campaign).toHaveValue("Vœux d’Hélène");
  await expect(campaign).toBeFocused();
  await page.getByLabel("Erreur").selectOption({ label: "Twilio injoignable : connexion refusée" });
  await expect(page).toHaveURL(/erreur=ECONNREFUSED/);
  await expect(page.getByRole("row").filter({ hasText: "Noa Garnier" })).toHaveCount(1);
  await page.getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(campaign).toHaveValue("Toutes");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the campaign is chosen from a list, and the chosen one is in it", async ({
    signedInPage: page,
    account,
    db,
    problems,
  }) => {
    problems.expect(/assets\/.*\.js csp$/);
    const { completedId } = await makeStory(db, account);
    await page.goto(`/messages?campagne=${completedId}`);
    const campaign = page.getByRole("combobox", { name: "Campagne" });
    await expect(campaign).toHaveValue(String(completedId));
    await campaign.selectOption({ label: "Toutes" });
    await page.getByRole("button", { name: "Rechercher" }).click();
    await expect(page).not.toHaveURL(new RegExp(`campagne=${completedId}`));
  });
});
