import { eq } from "drizzle-orm";
import { templates } from "#db/schema/campaigns.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeCrowd, makeStory } from "#e2e/story.ts";

test("wrong fields of a campaign are told beside them, and everything typed stays", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 422/);
  await makeCrowd(db, account, 1);
  await page.goto("/campagnes/nouvelle");
  await page.getByRole("checkbox", { name: /Abonnés/ }).check();
  await page.getByLabel("Texte de la variable 1").fill("Relance");
  await page.getByLabel("Contenu de la variable 2").selectOption("lastName");
  await page.getByLabel("Valeur de repli de la variable 2").fill("client");
  const second = page.getByLabel("Texte du Message 2");
  await second.fill("Voici : https://wa.me/pas-un-numero");
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();

  const name = page.getByLabel("Nom de la campagne");
  await expect(name).toHaveAccessibleDescription("Ce champ est obligatoire.");
  await expect(name).toBeFocused();
  await expect(second).toHaveAccessibleDescription(/Un lien de ce texte n’est pas valable/);
  await expect(second).toHaveValue("Voici : https://wa.me/pas-un-numero");
  await expect(page.getByRole("checkbox", { name: /Abonnés/ })).toBeChecked();
  await expect(page.getByLabel("Texte de la variable 1")).toHaveValue("Relance");
  await expect(page.getByLabel("Contenu de la variable 2")).toHaveValue("lastName");
  await expect(page.getByLabel("Valeur de repli de la variable 2")).toHaveValue("client");
});

test("the phone beside the form shows what is typed, and the form how many it will reach", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await page.goto("/campagnes/nouvelle");
  const phone = page.getByRole("region", { name: "Aperçu sur le téléphone" });
  await page.getByLabel("Texte de la variable 1").fill("Maison Lumen");
  await page.getByLabel("Texte de la variable 2").fill("8412");
  await expect(phone).toContainText("Your Maison Lumen code is 8412");

  await page.getByRole("checkbox", { name: /Prospects rencontrés/ }).check();
  await expect(page.getByText(/^2.destinataires\./)).toBeVisible();
  await page.getByRole("checkbox", { name: /Clients fidèles/ }).check();
  await expect(page.getByText(/^5.destinataires\./)).toBeVisible();
  await expect(page.getByText(/^5.destinataires\. 2.contacts écartés/)).toBeVisible();

  await page.getByLabel("Contenu de la variable 2").selectOption("firstName");
  await page.getByLabel("Aperçu pour").selectOption({ label: "Anne-Sophie de La Rochefoucauld-Montmorency" });
  await expect(phone).toContainText("Your Maison Lumen code is Anne-Sophie");

  await page
    .getByLabel("Texte du Message 2")
    .fill("Voyez https://example.org/details ou https://wa.me/33612345678");
  await expect(page.getByText(/^62 \/ 1\s\d{3} caractères$/)).toBeVisible();
  const links = phone.getByRole("link");
  await expect(links).toHaveText(["https://example.org/details", "https://wa.me/33612345678"]);
  await expect(links.first()).toHaveAttribute("href", "https://example.org/details");
});

test("[EX-3.4] a campaign with an empty variable is saved, says so, and cannot be launched", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 1);
  await page.goto("/campagnes/nouvelle");
  await page.getByLabel("Nom de la campagne").fill("Sans variables");
  await page.getByRole("checkbox", { name: /Abonnés/ }).check();
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sans variables" })).toBeVisible();
  await expect(page.getByText(/^La variable \{\{1\}\} est vide/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Lancer", exact: true })).toBeDisabled();
});

test.describe("while the default template has no Content SID", () => {
  let contentSid: string | null = null;
  const setContentSid = (db: Parameters<typeof makeCrowd>[0], value: string | null) =>
    db.update(templates).set({ contentSid: value }).where(eq(templates.isDefault, true));

  test.beforeAll(async ({ db }) => {
    const [known] = await db.select().from(templates).where(eq(templates.isDefault, true));
    contentSid = known?.contentSid ?? null;
    await setContentSid(db, null);
  });
  test.afterAll(async ({ db }) => {
    await setContentSid(db, contentSid);
  });

  test("[EX-3.3] it is shown as to be configured, and its campaign is saved but not launchable", async ({
    signedInPage: page,
    account,
    db,
  }) => {
    await makeCrowd(db, account, 1);
    await page.goto("/campagnes/nouvelle");
    const template = page.getByLabel("Modèle", { exact: true });
    await expect(template.locator("option:checked")).toHaveText(/à configurer/);
    await expect(template).toHaveAccessibleDescription(/TWILIO_DEFAULT_CONTENT_SID/);
    await page.getByLabel("Nom de la campagne").fill("À configurer");
    await page.getByRole("checkbox", { name: /Abonnés/ }).check();
    await page.getByLabel("Texte de la variable 1").fill("Relance");
    await page.getByLabel("Texte de la variable 2").fill("1234");
    await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "À configurer" })).toBeVisible();
    await expect(page.getByText("Ce modèle n’a pas de Content SID")).toBeVisible();
    await expect(page.getByRole("button", { name: "Lancer", exact: true })).toBeDisabled();
  });
});
