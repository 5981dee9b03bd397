import { expect, makeAccount, signIn, test } from "#e2e/fixtures.ts";

test.describe("a super admin", () => {
  test.use({ role: "super_admin" });

  test("makes an account, whose password is shown once and signs in, closes it and opens it again", async ({
    signedInPage: page,
    browser,
    baseURL,
    problems,
  }) => {
    problems.expect(/status of 422/);
    const email = `nora-${Date.now()}@relance.test`;
    await page.goto("/contacts");
    await page.getByRole("link", { name: "Utilisateurs" }).click();
    await page.getByRole("link", { name: "Nouveau compte" }).click();
    await page.getByRole("button", { name: "Créer le compte" }).click();
    await expect(page.getByText("Ce champ est obligatoire.")).toBeVisible();
    await page.getByLabel("Adresse e-mail").fill(email);
    await page.getByRole("button", { name: "Créer le compte" }).click();
    const password = (await page.getByLabel("Mot de passe", { exact: true }).textContent()) ?? "";
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    await page.getByRole("button", { name: "C’est noté" }).click();
    await expect(page.getByText(password)).toHaveCount(0);
    await page.reload();
    await expect(page.getByText(password)).toHaveCount(0);

    const context = await browser.newContext({ ...(baseURL && { baseURL }) });
    const other = await context.newPage();
    await signIn(other, { email, password });
    await other.waitForURL("**/tableau-de-bord");
    await expect(other.getByRole("link", { name: "Utilisateurs" })).toHaveCount(0);

    const line = page.getByRole("row").filter({ hasText: email });
    await line.getByRole("button", { name: `Fermer le compte ${email}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Fermer le compte" }).click();
    await expect(line).toContainText("Fermé");
    await other.getByRole("link", { name: "Contacts" }).click();
    await expect(
      other
        .getByRole("heading", { level: 1, name: "Bon retour" })
        .or(other.getByLabel("Mot de passe", { exact: true }))
        .first(),
    ).toBeVisible();
    await line.getByRole("button", { name: `Rouvrir le compte ${email}` }).click();
    await expect(line).toContainText("Actif");
    await context.close();
  });

  test("gives a new password and a role, and cannot leave nobody in charge", async ({
    signedInPage: page,
    account,
    db,
  }) => {
    const { email } = await makeAccount(db);
    await page.goto("/utilisateurs");
    const line = page.getByRole("row").filter({ hasText: email });
    await line.getByRole("link", { name: `Rendre l’accès à ${email}` }).click();
    await page.getByRole("button", { name: "Donner un nouveau mot de passe" }).click();
    const password = (await page.getByLabel("Mot de passe", { exact: true }).textContent()) ?? "";
    await page.getByRole("button", { name: "C’est noté" }).click();
    await line.getByRole("button", { name: /rendre super administrateur$/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Changer le rôle" }).click();
    await expect(line).toContainText("Super administrateur");
    await line.getByRole("button", { name: /rendre administrateur$/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Changer le rôle" }).click();
    await expect(line.getByText("Super administrateur", { exact: true })).toHaveCount(0);
    expect(password).not.toBe("");
    const own = page.getByRole("row").filter({ hasText: account.email });
    await expect(own).toContainText("Super administrateur");
    await expect(own.getByRole("button")).toHaveCount(0);
  });
});

test("an admin does not get to the accounts", async ({ signedInPage: page, problems }) => {
  problems.expect(/status of 403/);
  const response = await page.goto("/utilisateurs");
  expect(response?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1, name: "Accès refusé" })).toBeVisible();
});

test("one changes one's own password, and ends the sessions left open elsewhere", async ({
  signedInPage: page,
  account,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 422/);
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const elsewhere = await context.newPage();
  await signIn(elsewhere, account);
  await elsewhere.waitForURL("**/tableau-de-bord");

  await page.goto("/contacts");
  await page.getByRole("button", { name: /^Compte/ }).click();
  await page.getByRole("menuitem", { name: "Mon compte" }).click();
  await expect(page.getByText("Cette session")).toBeVisible();
  await page.getByRole("button", { name: /^Terminer la session/ }).click();
  await expect(page.getByRole("button", { name: /^Terminer la session/ })).toHaveCount(0);
  await elsewhere.goto("/contacts");
  await expect(elsewhere).toHaveURL(/\/connexion/);

  await page.getByLabel("Mot de passe actuel").fill("ce n’est pas lui");
  await page.getByLabel("Nouveau mot de passe").fill("une phrase assez longue");
  await page.getByRole("button", { name: "Changer le mot de passe" }).click();
  await expect(page.getByText("Ce n’est pas votre mot de passe actuel.")).toBeVisible();
  await page.getByLabel("Mot de passe actuel").fill(account.password);
  await page.getByRole("button", { name: "Changer le mot de passe" }).click();
  await expect(page.getByText("Mot de passe changé.").first()).toBeVisible();
  await expect(page.getByLabel("Mot de passe actuel")).toHaveValue("");
  await signIn(elsewhere, { email: account.email, password: "une phrase assez longue" });
  await elsewhere.waitForURL("**/tableau-de-bord");
  await context.close();
});
