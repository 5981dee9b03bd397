import { eq } from "drizzle-orm";
import { contacts } from "#db/schema/contacts.ts";
import { awake, expect, test } from "#e2e/fixtures.ts";
import { makeCrowd, makeStory } from "#e2e/story.ts";

test("contacts come fifty a page, and the last page is there after its only contact was deleted", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 51);
  await page.goto("/contacts");
  const rows = page.getByRole("row").filter({ hasText: "Contact" }).filter({ hasText: "+33" });
  await expect(rows).toHaveCount(50);
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages.getByRole("button", { name: "Page précédente" })).toBeDisabled();
  await pages.getByRole("link", { name: "Page suivante" }).click();
  await expect(rows).toHaveCount(1);
  await expect(pages.getByRole("link", { name: "Page précédente" })).toBeVisible();
  await expect(pages.getByRole("button", { name: "Page suivante" })).toBeDisabled();

  await rows.getByRole("button", { name: /^Supprimer/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer le contact" }).click();
  await expect(page.getByText("50 contacts")).toBeVisible();
  await expect(rows).toHaveCount(50);
});

test("the list is searched while one types and filtered by category, both kept in the address", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 12);
  await page.goto("/contacts");
  const rows = page.getByRole("row").filter({ hasText: "+33" });
  await expect(rows).toHaveCount(12);
  await page.getByRole("searchbox", { name: "Rechercher un contact" }).pressSequentially("contact 07");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Contact 07");

  await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Abonnés (1)" });
  await expect(page.getByRole("heading", { name: "Aucun contact ne correspond" })).toBeVisible();
  await page.getByRole("link", { name: "Voir tous les contacts" }).click();
  await expect(rows).toHaveCount(12);

  await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Abonnés (1)" });
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toContainText("Contact 01");
  await expect(page.getByLabel("Catégorie", { exact: true })).toHaveValue(/\d+/);
});

test("a wrong number is refused beside its field, and everything typed stays", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 422/);
  await makeCrowd(db, account, 1);
  await page.goto("/contacts/nouveau");
  const country = page.getByRole("combobox", { name: "Pays" });
  await country.fill("Belg");
  await page.getByRole("option", { name: "+32 Belgique" }).click();
  const number = page.getByLabel("Numéro WhatsApp");
  await number.fill("12");
  await page.getByLabel("Prénom").fill("Inès");
  await page.getByRole("checkbox", { name: "Abonnés" }).check();
  await page.getByRole("button", { name: "Ajouter le contact" }).click();

  await expect(number).toHaveAttribute("aria-invalid", "true");
  await expect(number).toHaveAccessibleDescription(/Ce numéro n’existe pas dans ce pays\./);
  await expect(number).toBeFocused();
  await expect(number).toHaveValue("12");
  await expect(country).toHaveValue("+32 Belgique");
  await expect(page.getByLabel("Prénom")).toHaveValue("Inès");
  await expect(page.getByRole("checkbox", { name: "Abonnés" })).toBeChecked();
});

test("contacts are filtered by their sandbox state and ordered by name", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 3);
  const [first] = await db.select().from(contacts).where(eq(contacts.createdBy, account.id)).limit(1);
  await db
    .update(contacts)
    .set({ lastName: "Zz", sandboxJoinedAt: new Date(), lastInboundAt: new Date() })
    .where(eq(contacts.id, first?.id as number));
  await page.goto("/contacts");
  const rows = page.getByRole("row").filter({ hasText: "+33" });
  await expect(rows).toHaveCount(3);
  await page.getByLabel("Trier").selectOption("Nom (A à Z)");
  await expect(page).toHaveURL(/tri=name/);
  await expect(rows.last()).toContainText("Contact Zz");
  await page.getByLabel("État dans le Sandbox").selectOption("Inscrit");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Inscrit");
  await page.getByLabel("Situation").selectOption("A demandé l’arrêt");
  await expect(page.getByRole("heading", { name: "Aucun contact ne correspond" })).toBeVisible();
});

test("several contacts are put into a category, then all that the filter shows, and deleted after a question", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 422/);
  await makeCrowd(db, account, 52);
  await page.goto("/contacts");
  const bar = page.getByRole("form", { name: "Contacts choisis" });
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Choisir Contact 51" }).check();
  await page.getByRole("checkbox", { name: "Choisir Contact 50" }).check();
  await expect(bar).toContainText("2 contacts choisis");
  await bar.getByRole("button", { name: "Ajouter" }).click();
  await expect(bar.getByRole("alert")).toContainText("champ est à corriger");
  await bar.getByLabel("Catégorie à donner ou à retirer").selectOption("Abonnés");
  await bar.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.getByText("2 contacts ajoutés à « Abonnés ».")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Contact 51" })).toContainText("Abonnés");

  await page.getByRole("checkbox", { name: "Choisir tous les contacts de la page" }).check();
  await bar.getByRole("checkbox", { name: /Prendre tous ceux que le filtre montre/ }).check();
  await bar.getByLabel("Catégorie à donner ou à retirer").selectOption("Abonnés");
  await bar.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.getByText("49 contacts ajoutés à « Abonnés ».")).toBeVisible();

  await page.goto("/contacts?recherche=contact+0");
  await page.getByRole("checkbox", { name: "Choisir tous les contacts de la page" }).check();
  await expect(bar).toContainText("9 contacts choisis");
  await bar.getByRole("button", { name: "Supprimer" }).click();
  const dialog = page.getByRole("dialog", { name: "Supprimer 9 contacts choisis ?" });
  await dialog.getByRole("button", { name: "Supprimer ces contacts" }).click();
  await expect(page.getByText("9 contacts supprimés.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Aucun contact ne correspond" })).toBeVisible();
  await page.getByRole("link", { name: "Voir tous les contacts" }).click();
  await expect(page.getByText("43 contacts", { exact: true })).toBeVisible();
});

test("[EX-7.4] a contact's page counts both clocks down and tells what happened", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { contactId } = await makeStory(db, account);
  await page.clock.install();
  await page.goto(`/contacts/${contactId}`);
  const fact = (term: string) => page.locator("dl > div").filter({ hasText: term });
  await expect(fact("Inscription au Sandbox")).toContainText(/Inscrit\s*encore\s(3\sj|2\sj\s23\sh)/);
  await expect(fact("Fenêtre de texte libre")).toContainText(/encore\s23\sh\s\d\d/);
  await awake(page);
  // the server, whose clock the page follows, is not two hours further
  await page.route(/live\.changes|readyz|\.data/, () => {});
  await page.clock.fastForward("02:00:00");
  await expect(fact("Inscription au Sandbox")).toContainText(/encore\s2\sj\s2[12]\sh/);
  await expect(fact("Fenêtre de texte libre")).toContainText(/encore\s21\sh\s\d\d/);
  await page.clock.resume();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.goto("/contacts?situation=flagged");
  await page.getByRole("row").getByRole("link").click();
  await expect(fact("À corriger")).toContainText("Numéro invalide");
  await expect(fact("À corriger")).toContainText("rien ne lui est envoyé");
  await page.goto(`/contacts/${contactId}`);
  const history = page.locator("section").filter({ has: page.getByRole("heading", { name: "Historique" }) });
  await expect(
    history.getByRole("listitem").filter({ hasText: "Campagne « Relance de novembre »" }),
  ).toContainText("Lu");
  await expect(history).toContainText("Contact ajouté");
  await history.getByRole("link", { name: "Modifications" }).click();
  await expect(history.getByRole("listitem")).toHaveCount(1);
  await history.getByRole("link", { name: "Messages" }).click();
  await history.getByRole("link", { name: "Campagne « Relance de novembre »" }).click();
  await expect(page).toHaveURL(/\/campagnes\/\d+\/messages\/\d+/);
});
