import { makePerson } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeCampaign } from "#server/testing/factories.ts";

test("Enter pressed before the answer opens what was typed, not what was found for less", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const createdBy = account.id;
  await makePerson(db, { firstName: "Rosalie", lastName: "Quintal", createdBy });
  const wanted = await makePerson(db, { firstName: "Roseline", lastName: "Quintal", createdBy });
  await makeCampaign(db, [], { name: "Rosiers de mai", createdBy });
  await page.goto("/categories");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Rechercher partout" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("ros");
  await expect(palette.getByRole("option", { name: "Rosiers de mai" })).toHaveAttribute(
    "aria-selected",
    "true",
  );

  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/recherche[.?]/, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/recherche.*q=roseline/);
  await page.keyboard.type("eline");
  await page.keyboard.press("Enter");
  await asked;
  // what is there of the older answer can be seen, and nothing of it chosen
  await expect(palette.getByText("Rosiers de mai")).toBeVisible();
  await expect(palette.getByRole("option")).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/\/categories$/);
  answer();
  await expect(page).toHaveURL(new RegExp(`/contacts/${wanted}$`));
  await expect(palette).toBeHidden();
});
