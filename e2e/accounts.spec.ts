// What opens an account besides its password: codes, recovery codes, links, tokens.
import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { twoFactors } from "#db/schema/accounts.ts";
import { expect, makeAccount, signIn, test } from "#e2e/fixtures.ts";

/** What the application on the device shows, so many periods from now. */
const codeOf = (secret: string, periods: number) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + periods * 30_000 });

/** Turns the second factor on; gives back its secret and the recovery codes. */
async function turnOn(page: Page, password: string) {
  await page.goto("/compte");
  const card = page.locator("section").filter({ hasText: "Double authentification" });
  await card.getByLabel("Votre mot de passe").fill(password);
  await card.getByRole("button", { name: "Activer" }).click();
  await expect(card.getByRole("img", { name: /Code QR/ })).toBeVisible();
  const secret = ((await card.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await card.getByLabel("Code affiché par l’application").fill(codeOf(secret, 0));
  await card.getByRole("button", { name: "Vérifier le code" }).click();
  const shown = page.getByRole("region", { name: "Vos codes de secours" }).locator("code");
  await expect(shown).toHaveCount(10);
  return { secret, recoveryCodes: await shown.allTextContents(), card };
}

test("a second factor is turned on with a code, asked for at the next sign-in, and opened by a recovery code once", async ({
  signedInPage: page,
  account,
  browser,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 422/);
  const { secret, recoveryCodes, card } = await turnOn(page, account.password);
  await page.reload();
  await expect(page.getByRole("region", { name: "Vos codes de secours" })).toHaveCount(0);
  await expect(card.getByText("Il reste 10 codes de secours.")).toBeVisible();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const other = await context.newPage();
  await signIn(other, account);
  await expect(other.getByRole("heading", { level: 1, name: "Encore un code" })).toBeVisible();
  await other.goto("/contacts");
  await expect(other).toHaveURL(/\/connexion/);
  await signIn(other, account);
  await other.getByLabel("Code").fill("000000");
  await other.getByRole("button", { name: "Se connecter" }).click();
  await expect(other.getByText("Ce code n’est pas le bon")).toBeVisible();
  await other.getByLabel("Code").fill(codeOf(secret, 1));
  await other.getByRole("button", { name: "Se connecter" }).click();
  await other.waitForURL("**/tableau-de-bord");
  await other.context().clearCookies();
  await signIn(other, account);
  await other.getByLabel("Code").fill(recoveryCodes[0] ?? "");
  await other.getByRole("button", { name: "Se connecter" }).click();
  await other.waitForURL("**/tableau-de-bord");
  await context.close();

  await page.reload();
  await expect(card.getByText("Il reste 9 codes de secours.")).toBeVisible();
  await expect(page.getByText("Code refusé")).toBeVisible();
  await card.getByLabel("Votre mot de passe").fill("pas le bon mot");
  await card.getByRole("button", { name: "Désactiver" }).click();
  await expect(card.getByText("Ce n’est pas votre mot de passe actuel.")).toBeVisible();
  await card.getByLabel("Votre mot de passe").fill(account.password);
  await card.getByRole("button", { name: "Désactiver" }).click();
  await expect(page.getByText("Double authentification désactivée.")).toBeVisible();
  await expect(card.getByText("Inactive")).toBeVisible();
});

test("all of it works without JavaScript", async ({
  browser,
  baseURL,
  account,
  context,
  signedInPage: page,
}) => {
  await page.goto("/compte");
  const plain = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  await plain.addCookies(await context.cookies());
  const { secret } = await turnOn(await plain.newPage(), account.password);
  await plain.clearCookies();
  const other = await plain.newPage();
  await signIn(other, account);
  await other.getByLabel("Code").fill(codeOf(secret, 1));
  await other.getByRole("button", { name: "Se connecter" }).click();
  await expect(other).toHaveURL(/tableau-de-bord/);
  await plain.close();
});

test("a token is shown once, is used, and is worth nothing once it is revoked", async ({
  signedInPage: page,
  account,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 422/);
  await page.goto("/compte");
  const card = page.locator("section").filter({ hasText: "Jetons d’API" });
  await expect(card.getByText("Aucun jeton.")).toBeVisible();
  await card.getByRole("button", { name: "Créer le jeton" }).click();
  await expect(card.getByText("Ce champ est obligatoire.").first()).toBeVisible();
  await card.getByLabel("Nom").fill("Export du lundi");
  await card.getByLabel("Votre mot de passe").fill("pas le bon mot");
  await card.getByRole("button", { name: "Créer le jeton" }).click();
  await expect(card.getByText("Ce n’est pas votre mot de passe actuel.")).toBeVisible();
  await expect(card.getByLabel("Nom")).toHaveValue("Export du lundi");
  await card.getByLabel("Votre mot de passe").fill(account.password);
  await card.getByRole("button", { name: "Créer le jeton" }).click();
  const token = (await card.getByLabel("Jeton", { exact: true }).textContent()) ?? "";
  expect(token).toMatch(/^relance_[\w-]{43}$/);
  const ask = () =>
    fetch(`${baseURL}/api/trpc/contacts.list?input=%7B%7D`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await ask()).status).toBe(200);
  await page.reload();
  await expect(card.getByText(token)).toHaveCount(0);
  await expect(card.getByText(/utilisé .* depuis/)).toBeVisible();
  await card.getByRole("button", { name: "Révoquer le jeton Export du lundi" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Révoquer" }).click();
  await expect(card.getByText("Aucun jeton.")).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test.describe("a super admin", () => {
  test.use({ role: "super_admin" });

  test("lets somebody in who lost their phone and their password, by a link that is good once", async ({
    signedInPage: page,
    db,
    browser,
    baseURL,
    problems,
  }) => {
    problems.expect(/status of 422/);
    const lost = await makeAccount(db);
    await db.insert(twoFactors).values({ userId: lost.id, secret: "unused", confirmedAt: new Date() });
    await page.goto("/utilisateurs");
    const line = page.getByRole("row").filter({ hasText: lost.email });
    const letIn = line.getByRole("link", { name: `Rendre l’accès à ${lost.email}` });
    await expect(line.getByText("Double authentification")).toBeVisible();
    await letIn.click();
    await page.getByRole("button", { name: "Retirer la double authentification" }).click();
    await expect(page.getByText("Double authentification retirée.")).toBeVisible();
    await expect(line.getByText("Double authentification")).toHaveCount(0);
    await letIn.click();
    await page.getByRole("button", { name: "Créer un lien" }).click();
    const link = (await page.getByLabel("Lien", { exact: true }).textContent()) ?? "";
    const path = link.slice(link.indexOf("/mot-de-passe"));
    expect(path).toMatch(/^\/mot-de-passe\?jeton=[\w-]{43}$/);

    const context = await browser.newContext({ ...(baseURL && { baseURL }) });
    const other = await context.newPage();
    await other.goto(path);
    await expect(other.getByText(lost.email)).toBeVisible();
    await other.getByLabel("Nouveau mot de passe", { exact: true }).fill("relance2026!");
    await other.getByRole("button", { name: "Enregistrer le mot de passe" }).click();
    await expect(other.getByText("Ce mot de passe serait vite deviné")).toBeVisible();
    await other.getByLabel("Nouveau mot de passe", { exact: true }).fill("quatre mots sans rapport");
    await other.getByRole("button", { name: "Enregistrer le mot de passe" }).click();
    await expect(other.getByText("Mot de passe enregistré.")).toBeVisible();
    await signIn(other, { email: lost.email, password: "quatre mots sans rapport" });
    await other.waitForURL("**/tableau-de-bord");
    await other.goto(path);
    await expect(other.getByText("Ce lien a déjà servi")).toBeVisible();
    await context.close();
  });
});
