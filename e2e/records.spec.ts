import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { expect, makeAccount, signIn, test } from "#e2e/fixtures.ts";
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { createCampaign } from "#server/campaigns/create-campaign.ts";
import { createCategory } from "#server/categories/create-category.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** Numbers of the range reserved for fiction, which no other test uses. */
const [answering, lost] = ["+33639987101", "+33639987102"] as const;

async function draft(db: Database, user: SignedInUser, number: string): Promise<number> {
  const category = await createCategory(db, { user, name: "Clients tracés", color: "#3f8f5a" });
  const person = { number, country: "FR", firstName: "Maëlle", lastName: "Roux", categoryIds: [category.id] };
  await createContact(db, { user, ...person });
  const { id } = await createCampaign(db, {
    user,
    name: "Campagne tracée",
    categoryIds: [category.id],
    templateId: null,
    variables: { "1": { type: "literal", value: "Lumen" }, "2": { type: "field", field: "firstName" } },
    messageTwo: "Merci de votre réponse !",
  });
  return id;
}

const steps = (page: Page) => page.getByRole("listitem").filter({ has: page.locator("time") });

test("a campaign is proven, red where a row is wrong, and each message tells its flight and exports it", async ({
  signedInPage: page,
  account,
  browser,
  db,
  simulator,
  problems,
}) => {
  await simulator.join(answering);
  const id = await draft(db, account, answering);
  await page.goto(`/campagnes/${id}`);
  await page.getByRole("button", { name: "Lancer", exact: true }).click();
  await page.getByRole("button", { name: "Lancer la campagne" }).click();
  const row = (type: string) =>
    page.getByRole("row").filter({ hasText: "Maëlle Roux" }).filter({ hasText: type });
  await expect(row("Message 1")).toContainText("Lu");
  await simulator.inbound({ phone: answering, text: "Oui, volontiers" });
  await expect(row("Message 2")).toContainText("Lu");

  await page.getByRole("link", { name: "Preuve d’envoi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Preuve" })).toBeVisible();
  await expect(page.getByText("Tout concorde")).toBeVisible();
  await expect(page.getByText("Conforme", { exact: true })).toHaveCount(10);
  await db.update(campaigns).set({ readCount: 2 }).where(eq(campaigns.id, id));
  await page.getByRole("link", { name: "Vérifier de nouveau" }).click();
  await expect(page.getByText("1 contrôle en défaut")).toBeVisible();
  await expect(page.getByText("lus : compteur 2, lignes 1")).toBeVisible();
  await db.update(campaigns).set({ readCount: 1 }).where(eq(campaigns.id, id));
  await page.getByRole("link", { name: `Campagne n° ${id}` }).click();

  await row("Message 1").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Journal de bord" })).toBeVisible();
  for (const [index, title] of [
    "Mis en file d’attente",
    "Créneau obtenu, tentative 1",
    "Demande envoyée à Twilio",
    "Twilio accepte",
  ].entries()) {
    await expect(steps(page).nth(index)).toContainText(title);
    await expect(steps(page).nth(index).locator("time")).toHaveText(/\d\d:\d\d:\d\d,\d{3}$/);
  }
  await expect(steps(page).filter({ hasText: "Twilio annonce : lu" })).toContainText("Remis → Lu");
  await expect(steps(page).filter({ hasText: "Le contact répond" })).toContainText("« Oui, volontiers »");

  const journalUrl = await page.getByRole("link", { name: "Exporter (JSON)" }).getAttribute("href");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exporter (JSON)" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^relance-message-\d+\.json$/);
  const journal = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(journal).toMatchObject({
    format: "relance-message-journal/1",
    message: { campaignId: id, status: "read", toAddress: `whatsapp:${answering}` },
    attempts: [{ outcome: "accepted" }],
    answers: [{ content: "Oui, volontiers" }],
  });
  expect(journal.callbacks.length).toBeGreaterThanOrEqual(3);

  await page.getByRole("link", { name: "Voir ce message" }).click();
  await expect(steps(page).filter({ hasText: "Mis en file pour répondre au contact" })).toBeVisible();

  const stranger = await browser.newPage({ baseURL: process.env.E2E_WEB_URL });
  const refused = await stranger.request.get(String(journalUrl), { maxRedirects: 0 });
  expect(refused.status()).toBe(302);
  await signIn(stranger, await makeAccount(db));
  await stranger.waitForURL("**/tableau-de-bord");
  problems.expect(/status of 404/);
  expect((await stranger.request.get(String(journalUrl))).status()).toBe(404);
  expect((await stranger.goto(`/campagnes/${id}/preuve`))?.status()).toBe(404);
  await stranger.close();
});

test("of several messages at Twilio the admin says which one is theirs", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  await simulator.join(lost);
  const campaignId = await draft(db, account, lost);
  const from = (await db.select().from(senders)).at(0)?.address as string;
  const claimedAt = new Date();
  const sids = [await sendBy(simulator, from), await sendBy(simulator, from)];
  const messageId = await uncertainMessage(db, campaignId, { from, claimedAt });

  await page.goto(`/campagnes/${campaignId}`);
  await expect(page.getByText("Un message attend votre décision")).toBeVisible();
  await page.getByRole("link", { name: "Décider" }).click();
  const candidates = page.getByRole("list", { name: "Messages possibles chez Twilio" });
  await expect(candidates.getByRole("listitem")).toHaveCount(2);
  for (const sid of sids) await expect(candidates).toContainText(sid);
  await page.getByRole("button", { name: "Aucun n’est ce message" }).click();
  await expect(page.getByRole("dialog")).toContainText("jamais parti");
  await page.getByRole("dialog").getByRole("button", { name: "Revenir" }).click();
  await page.getByRole("button", { name: `Adopter le message ${sids[0]}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "C’est celui-ci" }).click();
  await expect(page.getByText("Décision enregistrée : le message suit celui de Twilio.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "À vous de décider" })).toHaveCount(0);
  await expect(steps(page).filter({ hasText: "Décision : c’est ce message de Twilio" })).toContainText(
    String(sids[0]),
  );
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId));
  expect(message?.whatsappMessageId).toBe(sids[0]);
  await page.goto(`/campagnes/${campaignId}/preuve`);
  await expect(page.getByText("Tout concorde")).toBeVisible();
});

/** A message that nobody of ours asked for, as far as we know. */
async function sendBy(
  simulator: { settings: () => Promise<{ accountSid: string; authToken: string }> },
  from: string,
): Promise<string> {
  const { accountSid, authToken } = await simulator.settings();
  const url = `${process.env.E2E_SIMULATOR_URL}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
    body: new URLSearchParams({
      To: `whatsapp:${lost}`,
      From: from,
      ContentSid: DEFAULT_CONTENT_SID,
      ContentVariables: JSON.stringify({ 1: "Lumen", 2: "Maëlle" }),
    }),
  });
  const { sid } = (await response.json()) as { sid?: string };
  if (!sid) throw new Error(`the simulator answered ${response.status}`);
  return sid;
}

/** What a lost answer and a look that found two leave behind. */
async function uncertainMessage(
  db: Database,
  campaignId: number,
  { from, claimedAt }: { from: string; claimedAt: Date },
): Promise<number> {
  await db
    .update(campaigns)
    .set({ status: "paused", startedAt: new Date(), totalRecipients: 1 })
    .where(eq(campaigns.id, campaignId));
  const attemptId = randomUUID();
  const [sender] = await db.select().from(senders).where(eq(senders.address, from));
  const [message] = await db
    .insert(messages)
    .values({
      campaignId,
      contactId: sql`(select id from contacts where full_number = ${lost})`,
      messageType: "message_1",
      content: "Your Lumen code is Maëlle",
      status: "uncertain",
      reason: "several_candidates",
      senderId: sender?.id as number,
      toAddress: `whatsapp:${lost}`,
      fromAddress: from,
      attempt: 1,
      currentAttemptId: attemptId,
    })
    .returning({ id: messages.id });
  const messageId = message?.id as number;
  await db.insert(messageAttempts).values({
    id: attemptId,
    messageId,
    number: 1,
    slotAt: claimedAt,
    claimedAt,
    requestedAt: claimedAt,
    answeredAt: claimedAt,
    outcome: "uncertain",
    errorMessage: "ETIMEDOUT",
  });
  await db.insert(messageEvents).values([
    { messageId, attemptId, type: "claim", fromStatus: "pending", toStatus: "sending" },
    { messageId, attemptId, type: "lose", fromStatus: "sending", toStatus: "uncertain" },
  ]);
  return messageId;
}
