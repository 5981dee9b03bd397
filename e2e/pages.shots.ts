// The pictures of docs/images that stand still: `npm run screenshots`.
import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { users } from "#db/schema/users.ts";
import { expect, makeAccount, sessionCookie, test } from "#e2e/fixtures.ts";
import { makePictureStory } from "#e2e/picture-story.ts";
import { chartsDrawn } from "#e2e/scenes/scene.ts";

test.use({ viewport: { width: 1280, height: 960 }, colorScheme: "light" });

async function picture(page: Page, name: string, path: string, ready?: (page: Page) => Promise<void>) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await ready?.(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `docs/images/${name}.png`, animations: "disabled" });
}

test("tableau-de-bord.png, composeur.png, contacts.png, import.png, messages.png, message.png, telephone.png", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const story = await makePictureStory(db, account);
  await picture(page, "tableau-de-bord", "/tableau-de-bord?jours=30", chartsDrawn);
  // the story is told once: all of it lies within these days
  const sent = page.locator("dl > div").filter({ hasText: "Messages envoyés" }).locator("dd").first();
  await expect(page.getByRole("region", { name: "Messages par jour" })).toContainText(
    `${await sent.textContent()} envoyés`,
  );
  await picture(page, "composeur", `/campagnes/${story.draftId}/modifier`, async () => {
    await expect(page.getByText(/destinataires ne sont pas inscrits/)).toBeVisible();
  });
  await picture(page, "contacts", "/contacts");
  await picture(page, "import", `/contacts/importer/${story.readyImportId}`);
  await picture(page, "messages", "/messages");
  await picture(page, "message", `/campagnes/${story.completedId}/messages/${story.failedMessageId}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "telephone", `/campagnes/${story.completedId}`);
});

test("utilisateurs.png", async ({ page, context, db }) => {
  const boss = await makeAccount(db, "super_admin");
  const [nora, hugo] = [await makeAccount(db), await makeAccount(db)];
  const rename = (id: number, name: string, isActive = true) =>
    db
      .update(users)
      .set({ email: `${name}@maison-lumen.example`, isActive })
      .where(eq(users.id, id));
  await rename(boss.id, "sophie.garnier");
  await rename(nora.id, "nora.lambert");
  await rename(hugo.id, "hugo.petit", false);
  await sessionCookie(db, nora);
  await context.addCookies([await sessionCookie(db, boss)]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await picture(page, "utilisateurs", "/utilisateurs");
});
