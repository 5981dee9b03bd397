// A CSV file from the admin's disk to contacts and back again, and what comes out as CSV.
import { readFileSync, writeFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { imports } from "#db/schema/imports.ts";
import { freeNumber } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { hostileCounts, hostileFile } from "#e2e/hostile-file.ts";
import { makeCrowd, makeStory } from "#e2e/story.ts";
import { makeContact } from "#server/testing/factories.ts";

const file = (name: string, buffer: Buffer) => ({ name, mimeType: "text/csv", buffer });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const line = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const textOf = async (download: Download) => readFileSync(await download.path(), "utf8");

async function upload(page: Page, name: string, content: Buffer) {
  await page.goto("/contacts/importer");
  await page.getByLabel("Fichier CSV").setInputFiles(file(name, content));
  await press(page, "Continuer");
}

/** Follows a link or a menu entry that downloads. */
async function downloaded(page: Page, click: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return download;
}

test("a hostile file is understood, judged line by line, corrected, imported and taken back", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeCrowd(db, account, 1);
  const [fine, zoe, mended, later] = [await freeNumber(db), "+33639981901", "+33639981902", "+33639981903"];
  const known = (await db.select().from(contacts).where(eq(contacts.createdBy, account.id)))[0]?.fullNumber;
  const theirs = "+33639981904";
  await makeContact(db, { fullNumber: theirs });
  // as an old Excel writes it: Windows-1252, semicolons, quotes, a line break inside a cell, formulas
  const csv = [
    "Prénom;Nom;Téléphone;Remarque",
    `Zoé;"Lefèvre; dite ""Zouzou""";${zoe};"deux\nlignes"`,
    `=cmd|' /C calc'!A0;Roy;${fine};`,
    `Ana;Roy;${mended.slice(3)}.0;`,
    `Ana;Doublon;${zoe.replace("+33", "0")};`,
    `Bob;Rond;6,3998E+08;`,
    `Eve;Court;12;`,
    `Jean;Connu;${known};`,
    `Luc;Ailleurs;${theirs};`,
    "",
    ";;;",
  ].join("\r\n");
  await upload(page, "clients.csv", Buffer.from(csv, "latin1"));

  await expect(
    page.getByText("Lu en Windows-1252 (Excel), colonnes séparées par un point-virgule."),
  ).toBeVisible();
  await expect(page.getByLabel("Numéro WhatsApp")).toHaveValue("2");
  await expect(page.getByLabel("Prénom")).toHaveValue("0");
  await expect(page.getByText('Zoé Lefèvre; dite "Zouzou"')).toBeVisible();
  await page.getByRole("checkbox", { name: "Abonnés" }).check();
  await press(page, "Vérifier toutes les lignes");

  const filter = page.getByRole("navigation", { name: "Filtrer les lignes" });
  await expect(filter.getByRole("link", { name: "Toutes 8" })).toBeVisible();
  await expect(filter).toContainText(/Acceptées\s*2/);
  await expect(line(page, "sera +33 6 39 98 19 02")).toContainText("Réparée");
  await expect(line(page, "déjà sur une ligne précédente")).toContainText("Refusée");
  await expect(line(page, "Le tableur a arrondi ce numéro")).toContainText("Refusée");
  await expect(line(page, "déjà géré par un autre administrateur")).toContainText("Refusée");
  await expect(page.getByRole("row").filter({ hasText: "Déjà connue" })).toHaveCount(1);
  await filter.getByRole("link", { name: "Refusées 4" }).click();
  const number = page.getByLabel("Numéro WhatsApp, ligne 7");
  await expect(number).toHaveValue("12");
  await number.fill(later);
  await number.press("Enter");
  await expect(filter.getByRole("link", { name: "Refusées 3" })).toBeVisible();
  await expect(number).toBeHidden();

  await press(page, "Importer 4 contacts");
  await expect(page.getByRole("heading", { name: "Import terminé" })).toBeVisible();
  const fact = (term: string) => page.locator("dl > div").filter({ hasText: term });
  await expect(fact("Contacts ajoutés")).toContainText("4");
  await expect(fact("Déjà connus")).toContainText("1");
  const refused = await downloaded(page, () =>
    page.getByRole("link", { name: "Télécharger les lignes refusées" }).click(),
  );
  expect(await textOf(refused)).toBe(
    `\ufeff${[
      "Prénom;Nom;Téléphone;Remarque;Ligne;Motif du refus",
      `Ana;Doublon;${zoe.replace("+33", "0")};;5;Ce numéro est déjà sur une ligne précédente.`,
      "Bob;Rond;6,3998E+08;;6;Le tableur a arrondi ce numéro (6,12E+08)\u00a0: ses chiffres sont perdus, retapez-le.",
      `Luc;Ailleurs;'${theirs};;9;Ce numéro est déjà géré par un autre administrateur.`,
      "",
    ].join("\r\n")}`,
  );

  await page.getByRole("link", { name: "Voir les contacts" }).click();
  await expect(page.getByText("5 contacts", { exact: true })).toBeVisible();
  await expect(line(page, "Abonnés")).toHaveCount(5);
  await expect(line(page, "=cmd|' /C calc'!A0 Roy")).toBeVisible();

  await page.goto("/contacts/importer");
  await page.getByRole("link", { name: "Ouvrir l’import clients.csv" }).click();
  await press(page, "Annuler cet import");
  await page.getByRole("dialog").getByRole("button", { name: "Annuler l’import" }).click();
  await expect(page.getByText("Import annulé : 4 contacts retirés.")).toBeVisible();
  await page.goto("/contacts");
  await expect(page.getByText("1 contact", { exact: true })).toBeVisible();
});

test("pasted numbers are imported with another country, and columns can be chosen anew", async ({
  signedInPage: page,
  problems,
}) => {
  problems.expect(/status of 422/);
  await page.goto("/contacts/importer");
  await press(page, "Continuer");
  await expect(page.getByLabel("Fichier CSV")).toHaveAccessibleDescription(
    /Choisissez un fichier, ou collez des lignes/,
  );
  await page.getByLabel("Lignes collées").fill("0470 12 34 01\tInès\n0470 12 34 02\tNoa\n");
  await press(page, "Continuer");
  await expect(page.getByText("Lignes collées")).toBeVisible();
  await expect(
    page.getByRole("checkbox", { name: "La première ligne donne les titres des colonnes" }),
  ).not.toBeChecked();
  await page.getByLabel("Numéro WhatsApp").selectOption("0");
  await page.getByLabel("Prénom").selectOption("0");
  const country = page.getByRole("combobox", { name: "Pays des numéros écrits sans indicatif" });
  await country.fill("Belg");
  await page.getByRole("option", { name: "+32 Belgique" }).click();
  await press(page, "Vérifier toutes les lignes");
  await expect(page.getByLabel("Numéro WhatsApp")).toHaveAccessibleDescription(
    /Une même colonne ne peut servir qu’une fois/,
  );
  await page.getByLabel("Prénom").selectOption("1");
  await expect(page.getByText("+32 470 12 34 01")).toBeVisible();
  await press(page, "Vérifier toutes les lignes");
  await expect(line(page, "Acceptée")).toHaveCount(2);
  await page.getByRole("link", { name: "Changer les colonnes" }).click();
  await page.getByLabel("Prénom", { exact: true }).selectOption("");
  await press(page, "Vérifier toutes les lignes");
  await expect(page.getByLabel("Prénom, ligne 1")).toHaveCount(0);
  await press(page, "Importer 2 contacts");
  await expect(page.getByRole("heading", { name: "Import terminé" })).toBeVisible();
});

test("a hundred thousand hostile lines are judged and imported while the page says how far it is", async ({
  signedInPage: page,
  account,
  db,
}) => {
  test.setTimeout(240_000);
  const { lines, accepted, repaired, refused } = hostileCounts;
  await upload(page, "cent-mille.csv", hostileFile());
  await press(page, "Vérifier toutes les lignes");
  await expect(page.getByRole("progressbar", { name: "Vérification des lignes" })).toBeVisible();
  await expect(page.getByText(/[1-9][\d\s]*\ssur\s100\s000\slignes/)).toBeVisible({ timeout: 60_000 });
  // The page may be left meanwhile.
  await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
  await page.getByRole("link", { name: "Importer", exact: true }).click();
  await page.getByRole("link", { name: "Ouvrir l’import cent-mille.csv" }).click();
  const start = page.getByRole("button", { name: /^Importer\s60\s000\scontacts$/ });
  await expect(start).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("row")).toHaveCount(51);
  const filter = page.getByRole("navigation", { name: "Filtrer les lignes" });
  for (const tab of [
    /^Toutes\s100\s000$/,
    /^Acceptées\s50\s000$/,
    /^Réparées\s10\s000$/,
    /^Refusées\s40\s000$/,
  ])
    await expect(filter.getByRole("link", { name: tab })).toBeVisible();
  await expect(filter.getByRole("link", { name: "Déjà connues 0" })).toBeVisible();
  expect(await verdictsOf(db, account.id)).toEqual({ lines, accepted, repaired, refused });

  await start.click();
  await expect(page.getByText(/[1-9][\d\s]*\ssur\s60\s000\scontacts/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("heading", { name: "Import terminé" })).toBeVisible({ timeout: 120_000 });
  const fact = (term: string) => page.locator("dl > div").filter({ hasText: term });
  await expect(fact("Contacts ajoutés")).toContainText(/60\s000/);
  await expect(fact("Lignes refusées")).toContainText(/40\s000/);
  expect(await db.$count(contacts, eq(contacts.createdBy, account.id))).toBe(accepted + repaired);
  const file = await downloaded(page, () =>
    page.getByRole("link", { name: "Télécharger les lignes refusées" }).click(),
  );
  const given = (await textOf(file)).trim().split("\r\n").slice(1);
  expect(given).toHaveLength(40_000);
  expect(given.at(-1)).toMatch(/^Eve;Nothing;" {2}";;120001;Il n’y a pas de numéro\.$/);

  await page.getByRole("link", { name: "Voir les contacts" }).click();
  await expect(page.getByText(/plus de 1\s000\scontacts/)).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Rechercher un contact" });
  for (const [nth, name] of [
    "Prénom9999 Plain",
    'Zoé; dite "Zouzou" la grande Quoted',
    "=cmd|' /C calc'!A0 +Formula",
    "Éric Spaced",
    "Ana Repaired",
    "Ægir Œuvre-Łukasz 🎉 Accents",
  ].entries()) {
    await search.fill(`+33 7 10 09 99 9${nth}`);
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(line(page, `+33 7 10 09 99 9${nth}`)).toContainText(name);
  }
});

/** The lines of the only import of this admin, as the dry run judged them. */
async function verdictsOf(db: Database, ownerId: number) {
  const rows = await queryRows<{
    verdict: "accepted" | "repaired" | "refused";
    reason: string;
    count: number;
  }>(
    db,
    sql`select r.verdict, r.reason, count(*)::int as count from import_rows r join imports i on i.id = r.import_id
      where i.created_by = ${ownerId} group by 1, 2`,
  );
  const of = (verdict: string) => rows.filter((row) => row.verdict === verdict);
  return {
    lines: rows.reduce((sum, { count }) => sum + count, 0),
    accepted: of("accepted")[0]?.count,
    repaired: of("repaired")[0]?.count,
    refused: Object.fromEntries(of("refused").map(({ reason, count }) => [reason, count])),
  };
}

test("Excel's « Texte Unicode », which is UTF-16, is read as it is", async ({ signedInPage: page }) => {
  const text = "\ufeffPrénom\tNom\tTéléphone\r\nŁukasz\tŒuvre\t06 39 98 19 60\r\n";
  await upload(page, "unicode.txt", Buffer.from(text, "utf16le"));
  await expect(page.getByText("Lu en UTF-16 (Excel), colonnes séparées par une tabulation.")).toBeVisible();
  await expect(page.getByText("Łukasz Œuvre")).toBeVisible();
  await press(page, "Vérifier toutes les lignes");
  await expect(page.getByLabel("Prénom, ligne 2")).toHaveValue("Łukasz");
  await expect(line(page, "Acceptée")).toHaveCount(1);
});

test("a quote that is never closed is shown where it opens, with the way to mend it", async ({
  signedInPage: page,
}) => {
  const lines = ["Prénom;Téléphone", "Ana;0639981961", '"Bob;0639981962', "Eve;0639981963", "Luc;0639981964"];
  await upload(page, "guillemet.csv", Buffer.from(lines.join("\r\n")));
  await press(page, "Vérifier toutes les lignes");
  const filter = page.getByRole("navigation", { name: "Filtrer les lignes" });
  await expect(filter.getByRole("link", { name: "Toutes 2" })).toBeVisible();
  const refused = line(page, "Un guillemet ouvert sur cette ligne n’est jamais fermé");
  await expect(refused).toContainText("les lignes suivantes n’ont pas pu être lues");
  await expect(refused.getByRole("cell").first()).toHaveText(/3$/);
  await expect(page.getByRole("button", { name: "Importer 1 contact" })).toBeVisible();
});

test("bytes that are no text in UTF-8 refuse their line alone, which can be retyped", async ({
  signedInPage: page,
}) => {
  const rest = "Prénom;Téléphone\nÉric;0639981966\nZoé;0639981967\nLéa;";
  const wrong = Buffer.concat([Buffer.from(`${rest}0639981968\nRen`), Buffer.from([0xe9, 0xff])]);
  await upload(page, "octets.csv", Buffer.concat([wrong, Buffer.from(";0639981969\n")]));
  await expect(page.getByText("Lu en UTF-8, colonnes séparées par un point-virgule.")).toBeVisible();
  await press(page, "Vérifier toutes les lignes");
  await expect(line(page, "Un caractère de cette ligne est illisible")).toContainText("Refusée");
  const name = page.getByLabel("Prénom, ligne 5");
  await name.fill("René");
  await name.press("Enter");
  await expect(page.getByRole("button", { name: "Importer 4 contacts" })).toBeVisible();
});

test("fifty megabytes are refused with a clear word: before they are sent, and when they come all the same", async ({
  signedInPage: page,
}) => {
  const big = Buffer.alloc(50 * 1024 * 1024, "0639980001\n");
  const path = test.info().outputPath("trop-gros.csv");
  writeFileSync(path, big);
  await page.goto("/contacts/importer");
  await page.getByLabel("Fichier CSV").setInputFiles(path);
  await press(page, "Continuer");
  const words = /Ce fichier dépasse 25\sMo\. Répartissez ses lignes dans plusieurs fichiers/;
  await expect(page.getByLabel("Fichier CSV")).toHaveAccessibleDescription(words);
  await expect(page).toHaveURL(/\/contacts\/importer$/);
  const answer = await page.request.post("/contacts/importer?index", {
    multipart: { file: file("gros.csv", big) },
  });
  expect(answer.status()).toBe(413);
  expect(await answer.text()).toMatch(words);
});

test("an import that fails for good says so, and is tried again by a button", async ({
  signedInPage: page,
  db,
}) => {
  await upload(page, "coincé.csv", Buffer.from("prénom;tel\nAna;0639981970\n"));
  await expect(page).toHaveURL(/\/importer\/\d+$/);
  const importId = Number(page.url().split("/").at(-1));
  // its job was lost
  await db.update(imports).set({ status: "checking" }).where(eq(imports.id, importId));
  await page.reload();
  await expect(page.getByRole("heading", { name: "La vérification s’est arrêtée" })).toBeVisible();
  await press(page, "Réessayer");
  await press(page, "Importer 1 contact");
  await expect(page.getByRole("heading", { name: "Import terminé" })).toBeVisible();
});

test("a spreadsheet file and an empty one are refused with the way to mend it", async ({
  signedInPage: page,
  problems,
}) => {
  problems.expect(/status of 422/);
  await upload(page, "clients.xlsx", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
  await expect(page.getByLabel("Fichier CSV")).toHaveAccessibleDescription(
    /Enregistrer sous, puis «\sCSV UTF-8\s»/,
  );
  await upload(page, "vide.csv", Buffer.from("\n \n"));
  await expect(page.getByLabel("Fichier CSV")).toHaveAccessibleDescription(
    /Ce fichier ne contient aucune ligne/,
  );
});

test("the contacts a filter shows are downloaded, ready for a spreadsheet", async ({
  signedInPage: page,
  account,
  db,
}) => {
  await makeStory(db, account);
  await makeContact(db, {
    createdBy: account.id,
    fullNumber: "+33639981950",
    firstName: "=1+1",
    lastName: 'L\'"hôte"; ami',
  });
  await page.goto("/contacts?recherche=hote");
  await expect(line(page, "+33")).toHaveCount(1);
  await press(page, "Exporter");
  const download = await downloaded(page, () =>
    page.getByRole("menuitem", { name: "CSV pour Excel (point-virgule)" }).click(),
  );
  expect(download.suggestedFilename()).toMatch(/^relance-contacts-\d{4}-\d\d-\d\d\.csv$/);
  expect((await textOf(download)).split("\r\n").slice(0, 2)).toEqual([
    "\ufeffNuméro;Prénom;Nom;Catégories;Sandbox;Dernier message reçu;Arrêt demandé le;À corriger;Ajouté le",
    expect.stringMatching(
      /^\+33 6 39 98 19 50;'=1\+1;"L'""hôte""; ami";;Inconnu;;;;\d\d\/\d\d\/\d{4} \d\d:\d\d$/,
    ),
  ]);
});

test("the messages the history shows, and a campaign's results, are downloaded for a spreadsheet too", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId } = await makeStory(db, account);
  await page.goto("/messages?statut=failed&recherche=noa");
  await expect(line(page, "Noa Garnier")).toHaveCount(1);
  const excel = () => page.getByRole("menuitem", { name: "CSV pour Excel (point-virgule)" }).click();
  await press(page, "Exporter");
  const history = (await textOf(await downloaded(page, excel))).trim().split("\r\n");
  expect(history).toHaveLength(2);
  expect(history[1]).toMatch(/Relance de novembre;Message 1;\+33 6 39 98 \d\d \d\d;Noa;Garnier;Échec;/);
  await page.goto(`/campagnes/${completedId}`);
  await press(page, "Exporter");
  const download = await downloaded(page, excel);
  expect(download.suggestedFilename()).toContain("relance-");
  expect(await textOf(download)).toMatch(/\+33 6 39 98 \d\d \d\d;Noa;Garnier;Échec;/);
});
