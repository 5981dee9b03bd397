import { expect, signIn, test } from "#e2e/fixtures.ts";

test("a wrong password is refused with a message, and the address stays in its field", async ({
  page,
  account,
  problems,
}) => {
  problems.expect(/status of 422 .*\/connexion/);
  await signIn(page, { ...account, password: "not-the-password" });
  await expect(page.getByRole("alert")).toContainText("Adresse e-mail ou mot de passe incorrect.");
  await expect(page.getByLabel("Adresse e-mail")).toHaveValue(account.email);
  await expect(page).toHaveURL(/\/connexion$/);
});

test("a page asked for before signing in is shown after it", async ({ page, account }) => {
  await page.goto("/contacts");
  await expect(page).toHaveURL(/\/connexion\?suite=/);
  await expect(page.getByText("Connectez-vous pour suivre vos campagnes.")).toBeVisible();
  await page.getByLabel("Adresse e-mail").fill(account.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
});

test("signing out ends the session here and on the server", async ({ signedInPage: page, context }) => {
  const cookies = await context.cookies();
  await page.goto("/contacts");
  await page.getByRole("button", { name: /^Compte/ }).click();
  await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/connexion$/);
  await expect(page.getByText("Vous êtes déconnecté.")).toBeVisible();

  await context.addCookies(cookies);
  await page.goto("/contacts");
  await expect(page).toHaveURL(/\/connexion\?suite=/);
  await expect(page.getByText("Votre session a expiré.")).toBeVisible();
});
