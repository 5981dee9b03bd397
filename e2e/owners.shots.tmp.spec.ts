import { test } from "#e2e/fixtures.ts";
import { makeCampaign, makeContact } from "#server/testing/factories.ts";
test.use({ role: "super_admin" });
test("shots", async ({ signedInPage: page, db }) => {
  const contactId = await makeContact(db, { createdBy: null, fullNumber: "+33639951234", firstName: "Perdue", lastName: "De Vue" });
  const campaignId = await makeCampaign(db, [contactId], { createdBy: null, name: "Campagne de personne" });
  for (const [w, h] of [[390, 844], [1280, 800]] as const)
    for (const scheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width: w, height: h });
      await page.emulateMedia({ colorScheme: scheme });
      for (const [name, path] of [["contact", `/contacts/${contactId}`], ["campagne", `/campagnes/${campaignId}`], ["users", "/utilisateurs"]] as const) {
        await page.goto(path);
        await page.waitForTimeout(300);
        await page.screenshot({ path: `.data/shots/${name}-${w}-${scheme}.png`, fullPage: true });
      }
    }
});
