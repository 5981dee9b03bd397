// The pictures of docs/images, taken of the demo story: `npm run screenshots`.
import { demoAdmin } from "#db/seed/demo.ts";
import { demoNumbers } from "#db/seed/demo-people.ts";
import { expect, signIn, test } from "#e2e/fixtures.ts";

test.use({ viewport: { width: 1280, height: 960 }, colorScheme: "light" });

test("campagne.png: a campaign on its way", async ({ page, simulator }) => {
  for (const number of demoNumbers) await simulator.join(number);
  await signIn(page, demoAdmin);
  await page.waitForURL("**/tableau-de-bord");
  await page.goto("/campagnes");
  await page.getByRole("link", { name: "Code de rentrée" }).click();
  await page.getByRole("button", { name: "Lancer", exact: true }).click();
  await page.getByRole("button", { name: "Lancer la campagne" }).click();

  const read = page.getByRole("row").filter({ hasText: "Message 1" }).filter({ hasText: "Lu" });
  const answers = page.locator("dl > div").filter({ hasText: "Réponses" });
  const messages = () => simulator.messages({ status: "read" });
  await expect(read).toHaveCount(4, { timeout: 60_000 });
  for (const { to } of (await messages()).slice(0, 2)) {
    await simulator.inbound({ phone: to, text: "Oui, avec plaisir !" });
  }
  await expect(answers).toContainText("2");
  await expect(read).toHaveCount(9, { timeout: 60_000 });
  await expect(page.getByRole("status").filter({ hasText: "Campagne lancée." })).toHaveCount(0);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: "docs/images/campagne.png" });
});
