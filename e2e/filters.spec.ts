// The fields above the lists, by keyboard and by the way back.
import { expect, test } from "#e2e/fixtures.ts";
import { makeCrowd, makeStory } from "#e2e/story.ts";

test("arrow keys go through a filter's choices without losing the field", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 2);
  await page.goto("/contacts");
  const state = page.getByLabel("État dans le Sandbox");
  await state.focus();
  for (const chosen of ["member", "expiring"]) {
    await page.keyboard.press("ArrowDown");
    await expect(page).toHaveURL(new RegExp(`\\?etat=${chosen}$`));
    await expect(page.getByRole("heading", { name: "Aucun contact ne correspond" })).toBeVisible();
    await expect(state).toBeFocused();
    await expect(state).toHaveValue(chosen);
  }
});

test("a day is typed digit by digit, and filters by the day it has become", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await page.goto("/messages");
  const from = page.getByLabel("Du", { exact: true });
  await from.focus();
  await page.keyboard.type("0101");
  for (const [digit, year] of [
    ["2", "0002"],
    ["0", "0020"],
  ] as const) {
    await page.keyboard.press(digit);
    await expect(page).toHaveURL(new RegExp(`\\?du=${year}-01-01$`));
    await expect(from).toBeFocused();
  }
  await page.keyboard.type("99");
  await expect(page).toHaveURL(/\?du=2099-01-01$/);
  await expect(page.getByRole("heading", { name: "Aucun message ne correspond" })).toBeVisible();
  await expect(from).toBeFocused();
  await expect(from).toHaveValue("2099-01-01");
});

test("a link and the back button put into the fields what the list is filtered by", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await page.goto("/messages");
  const [search, status, from] = [
    page.getByRole("searchbox", { name: "Rechercher dans les messages" }),
    page.getByLabel("Statut"),
    page.getByLabel("Du", { exact: true }),
  ];
  await search.fill("noa");
  await status.selectOption("failed");
  await from.fill("2020-01-01");
  await expect(page).toHaveURL(/\?recherche=noa&statut=failed&du=2020-01-01$/);

  await page.getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(page).toHaveURL(/\/messages$/);
  for (const field of [search, status, from]) await expect(field).toHaveValue("");
  await search.focus();
  await page.goBack();
  await expect(search).toHaveValue("noa");
  await expect(status).toHaveValue("failed");
  await expect(from).toHaveValue("2020-01-01");
  await expect(search).toBeFocused();
});
