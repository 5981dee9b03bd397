// What an admin does to a campaign before, during and after it: each on a campaign that really runs.
import type { Page } from "@playwright/test";
import { and, count, eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { categoryContacts, contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { makeDraft, type Recipients } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";

const open = (page: Page, { campaignId }: Recipients) => page.goto(`/campagnes/${campaignId}`);
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });
const sheet = (page: Page) => page.getByRole("region", { name: "Avant le départ" });
const figure = (page: Page, label: string) =>
  sheet(page)
    .locator("dl > div")
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator("dd")
    .first();

async function launch(page: Page): Promise<void> {
  await button(page, "Lancer").click();
  await button(page, "Lancer la campagne").click();
}

/** What nobody may press while the page follows a campaign by itself. */
async function neverReloaded(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    document.documentElement.dataset.neverReloaded = "yes";
  });
  return async () =>
    expect(await page.evaluate(() => document.documentElement.dataset.neverReloaded)).toBe("yes");
}

/** `days` from today, as a date field holds it. */
function dayFromNow(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(at);
}

async function schedule(page: Page, date: string, time: string): Promise<void> {
  await page.getByLabel("Date").fill(date);
  await page.getByLabel("Heure", { exact: true }).fill(time);
  await button(page, "Programmer").click();
}

const letItsTimeCome = (db: Database, { campaignId }: Recipients) =>
  db
    .update(campaigns)
    .set({ scheduledAt: new Date() })
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.status, "scheduled")));

async function countByStatus(db: Database, campaignId: number): Promise<Record<string, number>> {
  const rows = await db
    .select({ status: messages.status, total: count() })
    .from(messages)
    .where(and(eq(messages.campaignId, campaignId), eq(messages.messageType, "message_1")))
    .groupBy(messages.status);
  return Object.fromEntries(rows.map(({ status, total }) => [status, total]));
}

test("a scheduled campaign starts by itself when its time has come, and its open page shows it", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const draft = await makeDraft(db, account, { people: ["Ambre", "Basile"] });
  for (const number of draft.numbers) await simulator.join(number);
  await open(page, draft);
  await schedule(page, dayFromNow(40), "09:30");
  await expect(page.getByRole("heading", { name: /^Départ prévu le .* à 09:30/ })).toBeVisible();
  await expect(page.getByText("(heure de Paris)")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/^Encore (39|40)\sj/);
  const [stored] = await db
    .select({ at: campaigns.scheduledAt })
    .from(campaigns)
    .where(eq(campaigns.id, draft.campaignId));
  expect(stored?.at?.toLocaleString("sv-SE", { timeZone: "Europe/Paris" })).toBe(
    `${dayFromNow(40)} 09:30:00`,
  );

  const followed = await neverReloaded(page);
  await letItsTimeCome(db, draft);
  for (const name of ["Ambre", "Basile"]) await expect(row(page, name)).toContainText("Lu");
  await expect(page.getByText("Terminée").first()).toBeVisible();
  for (const to of draft.numbers) expect(await simulator.messages({ to, status: "read" })).toHaveLength(1);
  await followed();
});

test("a time that is past is refused beside its field; another one, and back to the draft", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/status of 422/);
  const draft = await makeDraft(db, account, { people: ["Ambre"] });
  await open(page, draft);
  await schedule(page, dayFromNow(-1), "23:59");
  const time = page.getByLabel("Heure", { exact: true });
  await expect(time).toHaveAccessibleDescription(/Cette heure est déjà passée/);
  await expect(time).toBeFocused();
  await schedule(page, dayFromNow(1), "08:00");
  await expect(page.getByRole("heading", { name: /^Départ prévu demain à 08:00/ })).toBeVisible();
  await time.fill("10:15");
  await button(page, "Modifier l’heure").click();
  await expect(page.getByRole("heading", { name: /^Départ prévu demain à 10:15/ })).toBeVisible();
  await button(page, "Revenir au brouillon").click();
  await expect(page.getByText("Brouillon", { exact: true })).toBeVisible();
  await expect(button(page, "Lancer")).toBeEnabled();
});

test("a scheduled campaign that cannot start says why, and is mended as a draft", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const draft = await makeDraft(db, account, { people: ["Ambre"] });
  await open(page, draft);
  await schedule(page, dayFromNow(1), "08:00");
  await expect(page.getByRole("timer")).toBeVisible();
  await db.delete(categoryContacts).where(eq(categoryContacts.categoryId, draft.categoryId));
  await letItsTimeCome(db, draft);
  const notice = page.getByRole("note").filter({ hasText: "Elle n’a pas pu démarrer" });
  await expect(notice).toContainText("Les catégories choisies n’ont aucun contact à qui envoyer.");
  await notice.getByRole("button", { name: "Corriger" }).click();
  await expect(page).toHaveURL(/\/modifier$/);
  await expect(page.getByLabel("Nom de la campagne")).toBeVisible();
});

test("nothing leaves a paused campaign until it is resumed, nor a cancelled one ever", async ({
  signedInPage: page,
  context,
  account,
  db,
  simulator,
}) => {
  const names = Array.from({ length: 40 }, (_, index) => `Numéro ${index + 1}`);
  const draft = await makeDraft(db, account, { people: names });
  const witnesses = [
    await makeDraft(db, account, { people: ["Témoin un", "Témoin deux"] }),
    await makeDraft(db, account, { people: ["Témoin trois", "Témoin quatre"] }),
  ];
  for (const { numbers } of [draft, ...witnesses]) await Promise.all(numbers.map((to) => simulator.join(to)));
  const accepted = async ({ numbers }: Recipients) => {
    const all = await simulator.messages({ direction: "outbound-api" });
    return all.filter(({ to }) => numbers.includes(to)).length;
  };
  /** Another campaign of the same sender goes out from the first message to the last, so this one could have too. */
  const letOthersPass = async (other: Recipients | undefined) => {
    if (!other) throw new Error("no witness");
    const beside = await context.newPage();
    await open(beside, other);
    await launch(beside);
    await expect.poll(() => accepted(other)).toBe(2);
    await beside.close();
  };

  await open(page, draft);
  await launch(page);
  await expect.poll(() => accepted(draft)).toBeGreaterThanOrEqual(2);
  await button(page, "Mettre en pause").click();
  await expect(button(page, "Reprendre")).toBeVisible();
  await expect.poll(async () => (await countByStatus(db, draft.campaignId)).sending ?? 0).toBe(0);
  const atPause = await accepted(draft);
  expect(atPause).toBeLessThan(names.length);
  await letOthersPass(witnesses[0]);
  expect(await accepted(draft)).toBe(atPause);

  await button(page, "Reprendre").click();
  await expect.poll(() => accepted(draft)).toBeGreaterThan(atPause);
  await button(page, "Annuler la campagne").click();
  await button(page, "Annuler définitivement").click();
  await expect(page.getByText("Annulée", { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await countByStatus(db, draft.campaignId)).sending ?? 0).toBe(0);
  const atCancel = await accepted(draft);
  expect(atCancel).toBeLessThan(names.length);
  await letOthersPass(witnesses[1]);
  expect(await accepted(draft)).toBe(atCancel);
  const { cancelled = 0, pending = 0 } = await countByStatus(db, draft.campaignId);
  expect(pending).toBe(0);
  expect(cancelled).toBeGreaterThanOrEqual(names.length - atCancel);
});

test("a test reaches one number before the launch, and its fate is told as that of any message", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of 422/);
  const draft = await makeDraft(db, account, { people: ["Ambre"] });
  const [mine, stranger] = ["+33639987490", "+33639987491"];
  await simulator.join(mine);
  await open(page, draft);
  const number = page.getByLabel("Numéro WhatsApp");
  const tests = page.getByRole("region", { name: "Essayer sur un numéro" }).getByRole("listitem");
  await number.fill("06 39");
  await button(page, "Envoyer l’essai").click();
  await expect(number).toHaveAccessibleDescription(/Ce numéro n’existe pas/);
  expect(await simulator.messages({ to: mine })).toEqual([]);

  const followed = await neverReloaded(page);
  await number.fill("06 39 98 74 90");
  await expect(number).toHaveAccessibleDescription(/L’essai partira au \+33 6 39 98 74 90/);
  await button(page, "Envoyer l’essai").click();
  await expect(tests.filter({ hasText: "+33 6 39 98 74 90" })).toContainText("Lu");
  expect((await simulator.messages({ to: mine, status: "read" })).map(({ body }) => body)).toEqual([
    "Your Relance code is client",
  ]);
  await number.fill(stranger);
  await button(page, "Envoyer l’essai").click();
  const refused = tests.filter({ hasText: "+33 6 39 98 74 91" });
  await expect(refused).toContainText("Pas inscrit au Sandbox");
  await refused.getByText("Comment s’inscrire").click();
  await expect(refused.getByText("Code Twilio 63015")).toBeVisible();
  await followed();

  expect(await simulator.messages({ to: draft.numbers[0] })).toEqual([]);
  await expect(page.getByText("Brouillon", { exact: true })).toBeVisible();
  expect(await countByStatus(db, draft.campaignId)).toEqual({});
});

test("[EX-9.3] what the sheet announces is what happens, with the choices made on it", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const draft = await makeDraft(db, account, {
    people: ["Membre", "Inconnu", "Autre inconnu", "Parti", "Refus", "À corriger"],
  });
  const [member, , , left, optedOut, flagged] = draft.contactIds as [number, ...number[]];
  const hour = new Date(Date.now() - 3_600_000);
  const set = (id: number | undefined, values: Partial<typeof contacts.$inferInsert>) =>
    db
      .update(contacts)
      .set(values)
      .where(eq(contacts.id, id ?? 0));
  for (const number of draft.numbers) await simulator.join(number);
  // what Relance has learnt of the joins by now is put aside: the states are the test's
  for (const id of draft.contactIds) await set(id, { sandboxJoinedAt: null, lastInboundAt: null });
  await set(member, { sandboxJoinedAt: hour, lastInboundAt: hour });
  await set(left, { sandboxLeftAt: hour });
  await set(optedOut, { optedOutAt: hour });
  await set(flagged, { flag: "invalid_number" });

  await open(page, draft);
  await expect(figure(page, "Recevront Message 1")).toHaveText("3");
  await expect(figure(page, "Écartés")).toHaveText("3");
  await expect(sheet(page)).toContainText("Relance n’a encore rien reçu de 2\u00a0contacts");
  await expect(sheet(page)).toContainText("Your Relance code is Inconnu");
  await page.getByRole("checkbox", { name: /qui ont quitté le Sandbox/ }).check();
  await expect(figure(page, "Recevront Message 1")).toHaveText("4");
  await page.getByRole("checkbox", { name: /n’a jamais vus/ }).check();
  await expect(figure(page, "Recevront Message 1")).toHaveText("2");
  await expect(figure(page, "Écartés")).toHaveText("4");
  await button(page, "Lancer").click();
  await expect(page.getByRole("dialog")).toContainText("2\u00a0destinataires");
  await expect(page.getByRole("dialog")).toContainText("4\u00a0contacts écartés");
  await button(page, "Lancer la campagne").click();

  for (const name of ["Membre", "Parti"]) await expect(row(page, name)).toContainText("Lu");
  await expect(row(page, "Autre inconnu")).toContainText("Jamais vu dans le Sandbox");
  const skipped = await db
    .select({ reason: messages.reason, total: count() })
    .from(messages)
    .where(and(eq(messages.campaignId, draft.campaignId), eq(messages.status, "skipped")))
    .groupBy(messages.reason);
  expect(Object.fromEntries(skipped.map(({ reason, total }) => [reason, total]))).toEqual({
    membership_unknown: 2,
    opted_out: 1,
    contact_flagged: 1,
  });
  const received = await Promise.all(
    draft.numbers.map(async (to) => (await simulator.messages({ to, status: "read" })).length),
  );
  expect(received).toEqual([1, 0, 0, 1, 0, 0]);
});

test("failures are sent again by reason: those who joined meanwhile, and nobody else", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const draft = await makeDraft(db, account, { people: ["Ambre", "Basile"] });
  const [ambre, basile] = draft.numbers as [string, string];
  await simulator.join(basile);
  await simulator.fault({ to: basile, behaviour: { kind: "fail", code: 63024 } });
  await open(page, draft);
  await launch(page);
  await expect(row(page, "Ambre")).toContainText("Pas inscrit au Sandbox");
  await expect(row(page, "Basile")).toContainText("Échec");
  const causes = page.getByRole("listitem").filter({ hasText: "(63015)" });
  await expect(causes).toContainText("Invitez-le à envoyer le code d’inscription");
  await simulator.join(ambre);
  await causes.getByRole("button", { name: "Réessayer (1) : Pas inscrit au Sandbox" }).click();
  await expect(row(page, "Ambre")).toContainText("Lu");
  await expect(row(page, "Basile")).toContainText("Échec");
  const toBasile = await simulator.messages({ to: basile, direction: "outbound-api" });
  expect(toBasile.filter(({ errorCode }) => errorCode === 63024)).toHaveLength(1);
  expect(toBasile.filter(({ status }) => status === "read")).toEqual([]);
});

test("ten failures in a row for one reason pause a campaign, which says so and is resumed", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const names = Array.from({ length: 40 }, (_, index) => `Numéro ${index + 1}`);
  const draft = await makeDraft(db, account, { people: names });
  for (const to of draft.numbers) {
    await simulator.join(to);
    await simulator.fault({ to, behaviour: { kind: "fail", code: 63040 } });
  }
  await open(page, draft);
  await launch(page);
  const notice = page.getByRole("note").filter({ hasText: "Pourquoi elle s’est arrêtée" });
  await expect(notice).toContainText("Dix échecs de suite");
  await expect(notice).toContainText("WhatsApp a rejeté ce modèle.");
  await simulator.clearFaults();
  await button(page, "Reprendre").click();
  await expect(row(page, "Numéro 40")).toContainText("Lu", { timeout: 40_000 });
  await expect(page.getByText("Terminée", { exact: true }).first()).toBeVisible();
  await expect(notice).toHaveCount(0);
});
