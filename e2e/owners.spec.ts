import { sql } from "drizzle-orm";
import { makePerson } from "#e2e/draft.ts";
import { expect, makeAccount, test } from "#e2e/fixtures.ts";
import { makeCampaign, makeContact } from "#server/testing/factories.ts";

test.use({ role: "super_admin" });

test("a super admin gives to an admin what the previous system left to nobody, one by one and all at once", async ({
  signedInPage: page,
  db,
}) => {
  const { email } = await makeAccount(db);
  const number = `+3363997${String(Date.now() % 10_000).padStart(4, "0")}`;
  const contactId = await makeContact(db, {
    createdBy: null,
    fullNumber: number,
    firstName: "Perdue",
    lastName: "De Vue",
  });
  const campaignId = await makeCampaign(db, [contactId], { createdBy: null, name: "Campagne de personne" });
  for (const path of [`/contacts/${contactId}`, `/campagnes/${campaignId}`]) {
    await page.goto(path);
    await expect(page.getByText("Personne ne s’en occupe")).toBeVisible();
    await page.getByLabel("Administrateur", { exact: true }).selectOption(email);
    await page.getByRole("button", { name: "Attribuer" }).click();
    await expect(page.getByText("Responsable changé.")).toBeVisible();
    await expect(page.getByText("Personne ne s’en occupe")).toHaveCount(0);
  }
  const left = await makeContact(db, { createdBy: null, fullNumber: `${number}`.replace("63997", "63996") });
  await page.goto("/utilisateurs");
  await expect(page.getByText(/^\d+\scontacts?, .* n’ont pas de responsable/)).toBeVisible();
  await page.getByLabel("Administrateur", { exact: true }).selectOption(email);
  await page.getByRole("button", { name: "Attribuer" }).click();
  await expect(page.getByText("Tout est attribué.")).toBeVisible();
  const { rows } = await db.execute(
    sql`select u.email from contacts c join users u on u.id = c.created_by where c.id = ${left}`,
  );
  expect(rows).toEqual([{ email }]);
});

test("a campaign taken over says why it stopped, and offers to be copied or cancelled", async ({
  signedInPage: page,
  db,
  account,
}) => {
  const contactId = await makePerson(db, { createdBy: account.id });
  const campaignId = await makeCampaign(db, [contactId], {
    createdBy: account.id,
    status: "paused",
    stopReason: "taken_over",
    totalRecipients: 1,
    startedAt: new Date(),
  });
  await db.execute(sql`insert into messages (campaign_id, contact_id, message_type, content)
    values (${campaignId}, ${contactId}, 'message_1', 'Bonjour')`);
  await page.goto(`/campagnes/${campaignId}`);
  await expect(page.getByText(/Campagne reprise de l’ancien système/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Reprendre" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Dupliquer" })).toBeVisible();
  await page.getByRole("button", { name: "Annuler la campagne" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Annuler définitivement" }).click();
  await expect(page.getByText(/Campagne reprise de l’ancien système/)).toHaveCount(0);
});
