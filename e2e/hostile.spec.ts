// Somebody who means harm: scripts in every field and every address, ids of others, forms that were forged or sent again.
import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import Papa from "papaparse";
import type { Database } from "#db/client.ts";
import { auditLog } from "#db/schema/audit.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { categories, contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { expect, makeAccount, sessionCookie, test } from "#e2e/fixtures.ts";
import { makeStory, type Story } from "#e2e/story.ts";
import { createQuickReply } from "#server/quick-replies/create-quick-reply.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const script = `"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{constructor}}`;

/** What a spreadsheet would work out, or do. */
const formulas = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"];

/** Fails as soon as a script of somebody's runs, or a dialog opens. */
async function watchScripts(page: Page) {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  return async (where: string) => {
    const hacked = await page.evaluate(() => "hacked" in window);
    const foreign = await page.locator('img[src="x"]').count();
    expect([where, hacked, foreign, dialogs]).toEqual([where, false, 0, []]);
  };
}

const formPages = (story: Story) => [
  "/contacts/nouveau",
  `/contacts/${story.contactId}`,
  "/contacts",
  "/contacts/importer",
  "/categories?ajouter=1",
  "/campagnes/nouvelle",
  `/campagnes/${story.draftId}/modifier`,
  "/campagnes",
  "/messages",
  "/conversations",
  "/conversations/reponses-rapides",
  `/conversations/${story.contactId}`,
  "/compte",
  "/utilisateurs?ajouter=1",
  "/journal",
  "/webhooks",
  "/controles",
  "/sandbox",
  "/tableau-de-bord",
  `/campagnes/${story.completedId}`,
  `/campagnes/${story.completedId}/messages/${story.failedMessageId}`,
];

test.describe("a super admin", () => {
  test.use({ role: "super_admin" });

  test("types a script into every field there is, and it is shown as text wherever it comes back", async ({
    signedInPage: page,
    account,
    db,
    problems,
  }) => {
    test.setTimeout(300_000);
    problems.expect(/status of (400|403|404|413|422)/);
    const story = await makeStory(db, account);
    const pages = formPages(story);
    const stillOurs = await watchScripts(page);
    let fields = 0;
    for (const path of pages) {
      await page.goto(path);
      const forms = await page.locator("main form, [role=dialog] form").count();
      for (let n = 0; n < forms; n++) {
        const form = page.locator("main form, [role=dialog] form").nth(n);
        const inputs = form.locator(
          "textarea:visible, input:visible:not([type=checkbox], [type=radio], [type=file], [type=date], [type=time], [type=number], [type=color])",
        );
        const count = await inputs.count();
        if (count === 0) continue;
        for (let m = 0; m < count; m++) await inputs.nth(m).fill(script);
        fields += count;
        const answered = page.waitForResponse(() => true, { timeout: 3000 }).catch(() => null);
        await form.evaluate((element: HTMLFormElement) => element.requestSubmit());
        await answered;
        await stillOurs(`${path}, form ${n}`);
        await page.goto(path);
      }
    }
    expect(fields).toBeGreaterThan(15);
    for (const path of pages) {
      await page.goto(path);
      await stillOurs(path);
    }
  });

  test("reads stored scripts as text", async ({ signedInPage: page, account, db }) => {
    const story = await makeStory(db, account);
    const long = script.slice(0, 100);
    await db.execute(`update contacts set first_name = '${long.replaceAll("'", "''")}', last_name = '${long}'
      where created_by = ${account.id}`);
    await db.execute(
      `update campaigns set name = '${long}', message_2 = '${script}' where created_by = ${account.id}`,
    );
    await db.execute(`update categories set name = '${long}' where created_by = ${account.id}`);
    await db.execute(`update messages set content = '${script}', error_message = '${script}'
      where campaign_id in (select id from campaigns where created_by = ${account.id})`);
    await createQuickReply(db, { user: account, shortcut: "script", content: script });
    await db.insert(auditLog).values({
      userId: account.id,
      action: `campaign.${script}`,
      subjectId: String(story.completedId),
      after: { name: script },
    });
    const stillOurs = await watchScripts(page);
    for (const path of formPages(story)) {
      await page.goto(path);
      await stillOurs(path);
    }
    await page.goto("/contacts");
    await expect(page.getByRole("link", { name: /<script>window\.hacked=1/ }).first()).toBeVisible();
  });
});

test.describe("a super admin with a spreadsheet", () => {
  test.use({ role: "super_admin" });

  test("opens no formula with any file, whatever was typed into the fields", async ({
    signedInPage: page,
    account,
    db,
  }) => {
    const story = await makeStory(db, account);
    await storeFormulas(db, { account, campaignId: story.completedId });
    for (const path of [
      "/contacts/export.csv",
      "/messages/export.csv",
      `/campagnes/${story.completedId}/resultats.csv`,
      "/journal/export.csv",
    ]) {
      for (const delimiter of [";", ","]) {
        const asked = delimiter === "," ? `${path}?separateur=virgule` : path;
        const text = (await (await page.request.get(asked)).text()).replace(/^\ufeff/, "");
        const cells = Papa.parse<string[]>(text, { delimiter }).data.flat();
        const alive = cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !/^\+\d{1,4}( \d+)+$/.test(cell));
        expect([asked, alive]).toEqual([asked, []]);
        // or nothing of what was typed would have been in it
        const typed = path.startsWith("/journal") ? formulas.slice(0, 1) : formulas;
        for (const formula of typed) {
          const isThere = cells.some((cell) => cell.startsWith(`'${formula[0]}`));
          expect([asked, formula, isThere]).toEqual([asked, formula, true]);
        }
      }
    }
  });
});

/** Every text of the account's that a file may hold. */
async function storeFormulas(
  db: Database,
  { account, campaignId }: { account: SignedInUser; campaignId: number },
): Promise<void> {
  const [name = ""] = formulas;
  const own = await db.select().from(contacts).where(eq(contacts.createdBy, account.id));
  for (const [n, { id }] of own.entries()) {
    const [firstName, lastName] = [formulas[n % formulas.length], formulas[(n + 1) % formulas.length]];
    await db.update(contacts).set({ firstName, lastName }).where(eq(contacts.id, id));
  }
  const sent = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
  for (const [n, { id }] of sent.entries()) {
    const content = formulas[n % formulas.length];
    await db.update(messages).set({ content, errorMessage: content }).where(eq(messages.id, id));
  }
  await db.update(campaigns).set({ name }).where(eq(campaigns.id, campaignId));
  await db.update(categories).set({ name }).where(eq(categories.createdBy, account.id));
  await db.insert(auditLog).values([
    { userId: account.id, action: "campaign.updated", subjectId: String(campaignId), after: { name } },
    { userId: account.id, action: name, subjectId: name },
  ]);
}

test("a script in an address is no part of the page it leads to", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  test.setTimeout(180_000);
  problems.expect(/status of (400|403|404|422)/);
  const story = await makeStory(db, account);
  const stillOurs = await watchScripts(page);
  const names = [
    "recherche",
    "statut",
    "apres",
    "avant",
    "tri",
    "suite",
    "page",
    "confirmer",
    "erreur",
    "motdepasse",
    "jeton",
    "liste",
  ];
  const query = new URLSearchParams(names.map((name) => [name, script]));
  for (const path of [
    ...formPages(story),
    "/connexion",
    "/mot-de-passe",
    `/nulle-part/${encodeURIComponent(script)}`,
  ]) {
    await page.goto(`${path}${path.includes("?") ? "&" : "?"}${query}`);
    await stillOurs(path);
  }
  for (const path of ["/contacts/", "/campagnes/", "/conversations/", "/contacts/importer/"]) {
    const response = await page.goto(path + encodeURIComponent(script));
    expect([400, 404]).toContain(response?.status());
    await stillOurs(path);
  }
});

test("whoever signs in is led to no other site", async ({ page, account }) => {
  for (const next of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example/",
  ]) {
    await page.context().clearCookies();
    await page.goto(`/connexion?suite=${encodeURIComponent(next)}`);
    await page.getByLabel("Adresse e-mail").fill(account.email);
    await page.getByLabel("Mot de passe", { exact: true }).fill(account.password);
    await page.getByRole("button", { name: "Se connecter" }).click();
    await page.waitForURL((url) => url.pathname !== "/connexion");
    expect(new URL(page.url()).hostname).toBe("127.0.0.1");
  }
});

test("another's rows are in no address, page or file", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 404/);
  const story = await makeStory(db, await makeAccount(db));
  expect(account.role).toBe("admin");
  for (const path of [
    `/contacts/${story.contactId}`,
    `/conversations/${story.contactId}`,
    `/conversations/${story.contactId}/medias/1/0`,
    `/campagnes/${story.draftId}`,
    `/campagnes/${story.draftId}/modifier`,
    `/campagnes/${story.completedId}`,
    `/campagnes/${story.completedId}/preuve`,
    `/campagnes/${story.completedId}/resultats.csv`,
    `/campagnes/${story.completedId}/messages/${story.failedMessageId}`,
    `/campagnes/${story.completedId}/messages/${story.failedMessageId}/journal.json`,
  ]) {
    expect([path, (await page.request.get(path)).status()]).toEqual([path, 404]);
    expect(await (await page.request.get(`${path}.data`)).text()).not.toContain("Durand");
  }
  for (const path of [
    "/contacts",
    "/messages",
    "/campagnes",
    "/contacts/export.csv",
    "/messages/export.csv",
    "/conversations",
  ]) {
    expect(await (await page.request.get(path)).text()).not.toContain("Camille Durand");
  }
});

test("a form of another site, and of another port of this machine, is refused", async ({
  signedInPage: page,
  context,
  baseURL,
  problems,
}) => {
  problems.expect(/status of 403/);
  const forged = `<form method="post" action="${baseURL}/deconnexion"><button>Gagnez un voyage</button></form>`;
  for (const site of ["http://evil.example/", `${process.env.E2E_SIMULATOR_URL}/piege`]) {
    await context.route(site, (route) => route.fulfill({ contentType: "text/html", body: forged }));
    await page.goto(site);
    const answered = page.waitForResponse(`${baseURL}/deconnexion`);
    await page.getByRole("button").click();
    expect([site, (await answered).status()]).toEqual([site, 403]);
    await expect(page.getByText("elle ne vient pas d’une page de Relance")).toBeVisible();
  }
  await page.goto("/contacts");
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
});

test("a form sent again after its session is over does nothing, nor does the session of somebody else make it do it", async ({
  signedInPage: page,
  account,
  db,
  context,
  baseURL,
  problems,
}) => {
  problems.expect(/status of (404|422)/);
  const { draftId } = await makeStory(db, account);
  const headers = { "sec-fetch-site": "same-origin" };
  const remove = () =>
    page.request.post(`/campagnes/${draftId}?index`, {
      form: { intent: "delete" },
      headers,
      maxRedirects: 0,
    });
  const names = async () => {
    const { rows } = await db.execute(`select deleted_at from campaigns where id = ${draftId}`);
    return rows;
  };
  const before = await names();
  await context.clearCookies();
  expect((await remove()).headers().location).toContain("/connexion");
  await context.addCookies([await sessionCookie(db, await makeAccount(db))]);
  expect((await remove()).status()).toBeGreaterThanOrEqual(400);
  expect(await names()).toEqual(before);
  expect(baseURL).toContain("127.0.0.1");
});
