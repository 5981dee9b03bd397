import { makeDraft } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { makeEnv } from "#server/testing/factories.ts";

test("[EX-7.3] who was refused is listed, told to send the code again, and written to by one press once back", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const { campaignId, numbers } = await makeDraft(db, account, { people: ["Noa", "Sacha"] });
  await simulator.join(numbers[1] as string);
  await launchCampaign(db, { campaignId, env: makeEnv() });
  await page.goto("/sandbox?liste=a-reinscrire");
  const list = page.getByRole("table", { name: "À réinscrire" });
  await expect(list.getByRole("row", { name: /Noa/ })).toContainText("Pas inscrit");
  await expect(list.getByRole("row", { name: /Sacha/ })).toHaveCount(0);
  await expect(list.getByRole("link", { name: "Inviter Noa depuis WhatsApp" })).toHaveAttribute(
    "href",
    new RegExp(`^https://wa\\.me/${numbers[0]?.slice(1)}\\?text=.*join`),
  );
  await page.goto("/campagnes");
  await page
    .getByRole("list", { name: "Inscriptions au Sandbox" })
    .getByRole("link", { name: "Inscription terminée : 1 contact doit renvoyer le code de join" })
    .click();
  await expect(list.getByRole("row", { name: /Noa/ })).toBeVisible();

  await simulator.join(numbers[0] as string);
  await simulator.inbound({ phone: numbers[0] as string, text: "Me voilà" });
  await expect(page.getByRole("heading", { name: "1 contact est de retour" })).toBeVisible();
  await expect(list.getByRole("row", { name: /Noa/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Renvoyer son message" }).click();
  await expect(page.getByText("1 message repart.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /de retour/ })).toHaveCount(0);
  await expect
    .poll(async () => (await simulator.messages({ to: numbers[0], status: "read" })).length)
    .toBe(1);
});

test("[EX-7.4] members are listed with both clocks counting down, those whose time is nearly over apart", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await page.goto("/sandbox");
  const lists = page.getByRole("navigation", { name: "Choisir une liste" });
  await expect(
    page
      .getByRole("table", { name: "Inscrits" })
      .getByText(/^encore /)
      .first(),
  ).toBeVisible();
  await lists.getByRole("link", { name: /^Expirent bientôt/ }).click();
  await expect(page.getByRole("table", { name: "Expirent bientôt" }).getByRole("row")).not.toHaveCount(1);
});

test("what to paste into the Twilio console is copied by a press, and is where callbacks are taken", async ({
  signedInPage: page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sandbox");
  await page.getByRole("button", { name: "Copier la valeur de « When a message comes in »" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^https?:\/\/.+\/api\/webhooks\/twilio$/);
  expect((await fetch(copied, { method: "POST", body: "" })).status).toBe(403);
});

test("the sheet to hang up has the code, the number and the words, and nothing of the dashboard in print", async ({
  signedInPage: page,
  simulator,
}) => {
  await page.goto("/sandbox");
  const [poster] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Imprimer l’affiche" }).click(),
  ]);
  const { joinCode } = await simulator.settings();
  await expect(poster.getByRole("img", { name: /Code QR/ })).toBeVisible();
  await expect(poster.getByText(`join ${joinCode}`)).toBeVisible();
  await poster.emulateMedia({ media: "print" });
  await expect(poster.getByRole("button", { name: "Imprimer" })).toBeHidden();
  await expect(poster.getByRole("link", { name: "Revenir au Sandbox" })).toBeHidden();
});

test("[EX-12.1] the page says the state of every check, and leads to what to do", async ({
  signedInPage: page,
}) => {
  await page.goto("/sandbox");
  const checks = page.getByRole("list", { name: "Contrôles" });
  await expect(checks.getByRole("listitem")).toHaveCount(10);
  await expect(checks.getByRole("listitem").filter({ hasText: "Identifiants Twilio" })).toContainText("Bon");
  await page.getByRole("link", { name: "Voir le détail" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contrôles" })).toBeVisible();
});
