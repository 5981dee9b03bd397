import { expect, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";

test("Ctrl-K leads to a page, a campaign and a contact, by the keyboard alone", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, contactId } = await makeStory(db, account);
  const palette = page.getByRole("dialog", { name: "Rechercher partout" });
  async function look(text: string, option: RegExp) {
    await page.keyboard.press("Control+k");
    await expect(palette.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(text);
    await expect(palette.getByRole("option", { name: option })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(palette).toBeHidden();
  }
  await page.goto("/");
  await look("catég", /^Catégories/);
  await expect(page.getByRole("heading", { level: 1, name: "Catégories" })).toBeVisible();
  await look("relance de nov", /^Relance de novembre/);
  await expect(page).toHaveURL(new RegExp(`/campagnes/${completedId}$`));
  await look("camille", /^Camille Durand/);
  await expect(page).toHaveURL(new RegExp(`/contacts/${contactId}$`));
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("the code of the palette comes when it is first wanted", async ({ signedInPage: page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await page.goto("/tableau-de-bord");
  await expect(page.getByRole("heading", { level: 1, name: "Tableau de bord" })).toBeVisible();
  expect(scripts.filter((url) => url.includes("command-palette"))).toEqual([]);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  expect(scripts.filter((url) => url.includes("command-palette"))).not.toEqual([]);
});

test("the navigation says where one is, on a desk and on a phone", async ({ signedInPage: page }) => {
  const here = page.getByRole("navigation", { name: "Navigation principale" }).locator("[aria-current=page]");
  await page.goto("/");
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    for (const name of ["Contacts", "Campagnes"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
      await expect(here).toHaveText(name);
    }
  }
});

test("[EX-9.1] [EX-9.2] [EX-9.5] the sandbox banner folds and stays as it was left", async ({
  signedInPage: page,
}) => {
  const banner = page.getByRole("region", { name: "Mode Sandbox" });
  await page.goto("/contacts");
  await expect(banner).toContainText(/\+1 415.523.8886/);
  await expect(banner).toContainText("join ");
  for (const limit of [/1 message \/ [\d,]+ s/, /fenêtre 24 h/, /inscription 72 h/]) {
    await expect(banner).toContainText(limit);
  }
  await banner.getByRole("button", { name: "Comment s’inscrire" }).click();
  await expect(banner.getByRole("img", { name: /^Code QR/ })).toBeVisible();
  await page.reload();
  await expect(banner.getByRole("img", { name: /^Code QR/ })).toBeVisible();
  await banner.getByRole("button", { name: "Replier" }).click();
  await page.reload();
  await expect(banner.getByRole("button", { name: "Comment s’inscrire" })).toBeVisible();
  await expect(banner.getByRole("img", { name: /^Code QR/ })).toHaveCount(0);
});

test("a page that takes its time shows its outline, then itself", async ({ signedInPage: page }) => {
  await page.goto("/campagnes");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/contacts\.data/, async (route) => {
    await released;
    await route.continue();
  });
  await page.getByRole("link", { name: "Contacts", exact: true }).click();
  const outline = page.getByRole("main").getByRole("status").filter({ hasText: "Chargement…" });
  await expect(outline).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(0);
  release();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await expect(outline).toHaveCount(0);
});

test("keys pressed while the page is on its way do it no harm", async ({ signedInPage: page }) => {
  const machine = await page.context().newCDPSession(page);
  await machine.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  await page.addInitScript(() => {
    const press = () =>
      document.body?.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
    const timer = setInterval(press, 0);
    addEventListener("load", () => setTimeout(() => clearInterval(timer), 300));
  });
  for (const path of ["/campagnes", "/contacts", "/messages"]) {
    await page.goto(path);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "Rechercher partout" })).toBeVisible();
  }
});

test("the palette leads to every page, to those of the super admin only for one", async ({
  signedInPage: page,
}) => {
  await page.goto("/campagnes");
  await page.keyboard.press("Control+k");
  const pages = page.getByRole("dialog").getByRole("group", { name: "Aller à" }).getByRole("option");
  await expect(pages).toHaveText([
    "Tableau de bord",
    "Campagnes",
    "Conversations",
    "Contacts",
    "Messages",
    "Sandbox",
    "Catégories",
    "Guide des erreurs",
    "Nouvelle campagne",
    "Ajouter un contact",
    "Importer des contacts",
    "Contrôles",
    "Réponses rapides",
    "Nouvelle catégorie",
    "Campagnes archivées",
    "Mon compte",
  ]);
});
