import { eq, sql } from "drizzle-orm";
import { contacts } from "#db/schema/contacts.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { makePerson } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeGate } from "#e2e/gate.ts";
import { makeStory } from "#e2e/story.ts";

test("the list of contacts follows them and leaves what one is doing", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const createdBy = account.id;
  const [one, other] = [
    await makePerson(db, { firstName: "Awa", lastName: "Diop", createdBy }),
    await makePerson(db, { firstName: "Bob", lastName: "Martin", createdBy }),
  ];
  for (let nr = 0; nr < 30; nr += 1) await makePerson(db, { createdBy });
  await page.goto("/contacts");
  const row = page.getByRole("row").filter({ hasText: "Awa" });
  const picked = page.getByRole("row").filter({ hasText: "Bob" }).getByRole("checkbox");
  await picked.check();
  await picked.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => window.scrollY);
  await db.update(contacts).set({ lastName: "Diop-Sarr" }).where(eq(contacts.id, one));
  await expect(row).toContainText("Diop-Sarr");
  await expect(picked).toBeChecked();
  await expect(picked).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
  await db.update(contacts).set({ sandboxJoinedAt: sql`now()` }).where(eq(contacts.id, other));
  await expect(page.getByRole("row").filter({ hasText: "Bob" })).toContainText("Inscrit");
});

test("news that come while one scrolls do not scroll back, and a page left is found where it was", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const createdBy = account.id;
  const first = await makePerson(db, { firstName: "Awa", lastName: "Diop", createdBy });
  for (let nr = 0; nr < 30; nr += 1) await makePerson(db, { createdBy });
  await page.goto("/contacts");
  const scrollY = () => page.evaluate(() => window.scrollY);
  const scrollTo = async (y: number) => {
    await page.evaluate((top) => window.scrollTo(0, top), y);
    expect(await scrollY()).toBe(y);
  };
  const reading = makeGate();
  const answered = makeGate();
  await page.route(/contacts\.data/, async (route) => {
    reading.open();
    await answered.opened;
    await route.continue();
  });
  await scrollTo(100);
  await db.update(contacts).set({ lastName: "Diop-Sarr" }).where(eq(contacts.id, first));
  await reading.opened;
  await scrollTo(300);
  answered.open();
  await expect(page.getByRole("row").filter({ hasText: "Awa" })).toContainText("Diop-Sarr");
  expect(await scrollY()).toBe(300);

  await page.getByRole("link", { name: "Awa Diop-Sarr" }).focus();
  await scrollTo(300);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Awa Diop-Sarr" })).toBeVisible();
  expect(await scrollY()).toBe(0);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await expect.poll(scrollY).toBe(300);
  await page.reload();
  await expect.poll(scrollY).toBe(300);
});

test("a contact's page shows an answer as it comes, and keeps what is being typed", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const id = await makePerson(db, { firstName: "Awa", lastName: "Diop", createdBy: account.id });
  await page.goto(`/contacts/${id}`);
  await page.getByLabel("Nom", { exact: true }).fill("Diop-Sa");
  await db.insert(interactions).values({ contactId: id, interactionType: "reply", content: "Me voilà !" });
  await expect(page.getByText("Me voilà !")).toBeVisible();
  // corrected by somebody else meanwhile
  await db.update(contacts).set({ firstName: "Aoua" }).where(eq(contacts.id, id));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aoua Diop");
  await expect(page.getByLabel("Nom", { exact: true })).toHaveValue("Diop-Sa");
});

test("the history and a campaign's proof follow what happens", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  await page.goto("/messages?statut=failed");
  const proof = await page.context().newPage();
  await proof.goto(`/campagnes/${completedId}/preuve`);
  const failed = page.getByRole("row").filter({ hasText: "Noa Garnier" });
  await expect(failed).toBeVisible();
  const delivered = proof.getByRole("listitem").filter({ hasText: /^\d+\s*Remis/ });
  const before = String(await delivered.textContent());
  await db.update(messages).set({ status: "delivered" }).where(eq(messages.id, failedMessageId));
  await expect(failed).toBeHidden();
  await expect(delivered).not.toHaveText(before, { timeout: 25_000 });
});
