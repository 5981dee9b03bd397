// The pictures of docs/images that stand still: `npm run screenshots`.
import { expect, signIn, test } from "#e2e/fixtures.ts";
import { makeStory } from "#e2e/story.ts";

test.use({ viewport: { width: 1280, height: 960 }, colorScheme: "light" });

test("contacts.png, import.png, messages.png, message.png, telephone.png", async ({ page, account, db }) => {
  const story = await makeStory(db, account);
  await signIn(page, account);
  await page.waitForURL("**/tableau-de-bord");
  const picture = async (name: string, path: string) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `docs/images/${name}.png`, animations: "disabled" });
  };
  await picture("contacts", "/contacts");
  await picture("import", `/contacts/importer/${story.readyImportId}`);
  await picture("messages", "/messages");
  await picture("message", `/campagnes/${story.completedId}/messages/${story.failedMessageId}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture("telephone", `/campagnes/${story.completedId}`);
});
