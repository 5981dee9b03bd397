import type { Page } from "@playwright/test";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { auditLog } from "#db/schema/audit.ts";
import { contacts } from "#db/schema/contacts.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import { makeDraft } from "#e2e/draft.ts";
import { expect, makeAccount, test } from "#e2e/fixtures.ts";
import type { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Simulator = ReturnType<typeof simulatorClient>;

/** A contact of the user's with a phone in the sandbox. */
async function makePhone(db: Database, simulator: Simulator, user: SignedInUser, firstName = "Lou") {
  const { contactIds, numbers } = await makeDraft(db, user, { people: [firstName] });
  const [contactId, number] = [contactIds[0] as number, numbers[0] as string];
  await simulator.join(number);
  return { contactId, number };
}

const closeWindow = (db: Database, contactId: number) =>
  db
    .update(contacts)
    .set({ lastInboundAt: sql`now() - interval '25 hours'` })
    .where(eq(contacts.id, contactId));

const inbox = (page: Page) => page.getByRole("region", { name: "Boîte de réception" });
const thread = (page: Page) => page.getByRole("region", { name: "Messages", exact: true });

test("an answer appears by itself, is read by being seen, and is replied to; the phone gets the reply once", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const { contactId, number } = await makePhone(db, simulator, account);
  await page.goto("/conversations");
  await expect(page.getByText("Aucune conversation pour l’instant")).toBeVisible();
  await expect(page.getByText("En direct")).toBeVisible();
  await simulator.inbound({ phone: number, text: "Bonjour, êtes-vous ouverts ?" });
  const line = inbox(page).getByRole("link", { name: /Lou/ });
  await expect(line).toContainText("Bonjour, êtes-vous ouverts ?");
  await expect(line).toContainText("1 message non lu");
  await line.click();
  await expect(page).toHaveURL(new RegExp(`/conversations/${contactId}`));
  await expect(thread(page)).toContainText("Bonjour, êtes-vous ouverts ?");
  await expect(line).not.toContainText("non lu");

  await page.getByLabel("Votre réponse").fill("Oui, de 9 h à 18 h !");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(page.getByLabel("Votre réponse")).toHaveValue("");
  await expect(thread(page).getByText("Oui, de 9 h à 18 h !")).toBeVisible();
  await expect(thread(page)).toContainText(/Remis|Lu/, { timeout: 20_000 });
  await simulator.idle();
  const sent = await simulator.messages({ to: number });
  expect(sent.filter(({ body }) => body === "Oui, de 9 h à 18 h !")).toHaveLength(1);

  await simulator.inbound({ phone: number, text: "Merci 🙏" });
  await expect(thread(page).getByText("Merci 🙏")).toBeVisible();
  await expect(line).not.toContainText("non lu");
});

test("[EX-9.5] the reply box says when the window closes; once it has, why only a template goes, and sends one", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of 422/);
  const { contactId, number } = await makePhone(db, simulator, account);
  await simulator.inbound({ phone: number, text: "Bonjour" });
  await page.goto(`/conversations/${contactId}`);
  const box = page.getByRole("region", { name: "Répondre" });
  await expect(box).toContainText(/encore\s(1\sj|23\sh)/);
  await expect(box).toContainText(/jusqu’à/);
  await closeWindow(db, contactId);
  await page.reload();
  await expect(box).toContainText("La fenêtre de 24 h est fermée");
  await expect(page.getByLabel("Votre réponse")).toHaveCount(0);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(box.getByText("La variable {{1}} est vide.")).toBeVisible();
  await page.getByLabel("Variable {{1}}").fill("Relance");
  await page.getByLabel("Variable {{2}}").fill("4711");
  await expect(box.getByRole("figure")).toContainText("Your Relance code is 4711");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(thread(page).getByText("Your Relance code is 4711")).toBeVisible();
  await expect.poll(async () => (await simulator.messages({ to: number })).at(-1)?.contentSid).toBeTruthy();
});

test("a slash brings one's quick replies, which are made, changed and forgotten on their page", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of 422/);
  const { contactId, number } = await makePhone(db, simulator, account);
  await simulator.inbound({ phone: number, text: "Bonjour" });
  await page.goto("/conversations/reponses-rapides");
  await page.getByRole("link", { name: "Nouvelle réponse rapide" }).click();
  await page.getByLabel("Raccourci").fill("deux mots");
  await page.getByLabel("Texte").fill("De 9 h à 18 h");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Un seul mot : des lettres, des chiffres, des tirets.")).toBeVisible();
  await page.getByLabel("Raccourci").fill("/horaires");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("/horaires", { exact: true })).toBeVisible();

  await page.goto(`/conversations/${contactId}`);
  const field = page.getByLabel("Votre réponse");
  await field.pressSequentially("Nous ouvrons /hor");
  await expect(page.getByRole("option", { name: /horaires/ })).toHaveAttribute("aria-selected", "true");
  await field.press("Enter");
  await expect(field).toHaveValue("Nous ouvrons De 9 h à 18 h");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await field.press("Control+Enter");
  await expect(thread(page).getByText("Nous ouvrons De 9 h à 18 h")).toBeVisible();

  await page.goto("/conversations/reponses-rapides");
  await page.getByRole("link", { name: "Modifier /horaires" }).click();
  await page.getByLabel("Texte").fill("De 8 h à 18 h");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("De 8 h à 18 h")).toBeVisible();
  await page.getByRole("button", { name: "Supprimer /horaires" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer la réponse rapide" }).click();
  await expect(page.getByText("Aucune réponse rapide")).toBeVisible();
});

test("who writes ARRÊT is written to no more until an admin says why, which stands in the audit log", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of 422/);
  const { contactId, number } = await makePhone(db, simulator, account);
  await page.goto(`/conversations/${contactId}`);
  await simulator.inbound({ phone: number, text: "Arrêt" });
  await expect(page.getByText("Ne veut plus de messages").first()).toBeVisible();
  await expect(thread(page)).toContainText("Demande d’arrêt");
  await expect(page.getByLabel("Votre réponse")).toHaveCount(0);
  await page.getByText("Lever l’arrêt", { exact: true }).click();
  await page.getByRole("button", { name: "Lever l’arrêt des messages" }).click();
  await expect(page.getByText("Ce champ est obligatoire.")).toBeVisible();
  await page.getByLabel("Motif").fill("Demande par téléphone");
  await page.getByRole("button", { name: "Lever l’arrêt des messages" }).click();
  await expect(page.getByLabel("Votre réponse")).toBeVisible();
  await expect(thread(page)).toContainText("Motif : Demande par téléphone");
  const [line] = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.userId, account.id), eq(auditLog.action, "contact.opt_out_lifted")))
    .orderBy(desc(auditLog.id));
  expect(line).toMatchObject({ subjectId: String(contactId), after: { reason: "Demande par téléphone" } });
  await simulator.inbound({ phone: number, text: "START" });
  await expect(thread(page)).toContainText("Demande de reprise");
});

const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("markup, right-to-left text, pictures and files that would run are shown as what they are", async ({
  signedInPage: page,
  account,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of (404|415|502)/);
  let ran = false;
  page.on("dialog", (dialog) => {
    ran = true;
    void dialog.dismiss();
  });
  const { contactId, number } = await makePhone(db, simulator, account);
  const markup = `<img src=x onerror="alert(1)"><script>alert(2)</script></textarea>`;
  const longest = "mot ".repeat(400);
  for (const text of [markup, "مرحبا، هل يمكنني الحجز؟", "\u202Egnp.exe", longest, "👩‍👩‍👧‍👦", ""]) {
    await simulator.inbound({ phone: number, text, profileName: "<b>Ana</b>" });
  }
  await simulator.inbound({
    phone: number,
    text: "Photo",
    media: [{ contentType: "image/png", data: pixel }],
  });
  await simulator.inbound({
    phone: number,
    text: "Pièges",
    media: [
      { contentType: "text/html", url: "https://api.twilio.com/page" },
      { contentType: "image/png", url: "http://169.254.169.254/latest/meta-data" },
    ],
  });
  await simulator.inbound({
    phone: number,
    text: "",
    fields: { Latitude: "48.8566", Longitude: "2.3522", Label: "<u>Café</u>" },
  });
  await page.goto(`/conversations/${contactId}`);
  await expect(thread(page).getByText(markup)).toBeVisible();
  await expect(thread(page).getByText("<u>Café</u>")).toBeVisible();
  await expect(thread(page).getByRole("link", { name: /Voir sur une carte/ })).toHaveAttribute(
    "href",
    /^https:\/\/www\.openstreetmap\.org\//,
  );
  const arabic = thread(page).locator("p", { hasText: "مرحبا" });
  expect(await arabic.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  await expect(thread(page).getByText("Message sans texte")).toBeVisible();
  await expect(thread(page).getByText(/type qui n’est pas ouvert ici \(text\/html\)/)).toBeVisible();
  const picture = thread(page).getByRole("img", { name: "Image reçue" });
  await picture.first().scrollIntoViewIfNeeded();
  await expect.poll(() => picture.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(thread(page).getByText("Cette image n’est plus disponible chez Twilio.")).toBeVisible();

  const address = await picture.first().getAttribute("src");
  const file = await page.request.get(String(address));
  expect(file.headers()).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
  expect(file.headers()["content-security-policy"]).toContain("sandbox");
  const [traps] = await db
    .select({ id: interactions.id })
    .from(interactions)
    .where(and(eq(interactions.contactId, contactId), eq(interactions.content, "Pièges")));
  for (const index of [0, 1]) {
    const trap = await page.request.get(`/conversations/${contactId}/medias/${traps?.id}/${index}`);
    expect([trap.status(), trap.headers()["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(ran).toBe(false);
});

test("a trial account that refuses free text is explained where it happens, and the reply can be taken back", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const { contactId, number } = await makePhone(db, simulator, account);
  await simulator.inbound({ phone: number, text: "Bonjour" });
  // standing still, so that the sender of every other test goes on: what the engine leaves behind is its own test's
  const [sender] = await db.select().from(senders).limit(1);
  await db.insert(messages).values({
    contactId,
    messageType: "reply",
    content: "Texte libre",
    status: "pending",
    senderId: sender?.id ?? null,
    toAddress: `whatsapp:${number}`,
    errorCode: 21654,
    errorMessage: "ContentSid Required",
    createdBy: account.id,
  });
  await page.goto(`/conversations/${contactId}`);
  await expect(thread(page)).toContainText("Refusé par Twilio : Modèle exigé par Twilio");
  await expect(thread(page)).toContainText("« Try out WhatsApp » refusent tout texte libre");
  await page.getByRole("button", { name: "Retirer" }).click();
  await expect(thread(page)).toContainText("Annulé");
  await expect(page.getByRole("button", { name: "Retirer" })).toHaveCount(0);
});

test("on a phone the inbox and the conversation come one after the other", async ({
  signedInPage: page,
  account,
  db,
  simulator,
}) => {
  const { number } = await makePhone(db, simulator, account);
  await simulator.inbound({ phone: number, text: "Bonjour" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/conversations");
  await inbox(page).getByRole("link", { name: /Lou/ }).click();
  await expect(thread(page)).toBeVisible();
  await expect(inbox(page)).toBeHidden();
  await page.getByRole("link", { name: "Toutes les conversations" }).click();
  await expect(inbox(page)).toBeVisible();
  await expect(thread(page)).toHaveCount(0);
});

test("without the right to a conversation there is none, and no file of it", async ({
  signedInPage: page,
  db,
  simulator,
  problems,
}) => {
  problems.expect(/status of 404/);
  const other = await makeAccount(db);
  const { contactId, number } = await makePhone(db, simulator, other);
  await simulator.inbound({ phone: number, text: "", media: [{ contentType: "image/png" }] });
  expect((await page.goto(`/conversations/${contactId}`))?.status()).toBe(404);
  expect((await page.request.get(`/conversations/${contactId}/medias/1/0`)).status()).toBe(404);
  expect((await page.request.get("/conversations/inconnus/1/medias/1/0")).status()).toBe(403);
});

test.describe("of a super admin", () => {
  test.use({ role: "super_admin" });

  test("unknown senders are in the inbox and become contacts, one who hides the number once it is entered", async ({
    signedInPage: page,
    simulator,
    problems,
  }) => {
    problems.expect(/status of 422/);
    const phone = "+33639987401";
    await simulator.join(phone);
    const name = `Ana ${Date.now()}`;
    await simulator.inbound({
      phone,
      text: "Bonjour, c’est Ana",
      profileName: name,
      fields: { From: `whatsapp:FR.${Date.now()}`, ExternalUserId: "" },
    });
    await page.goto("/conversations?filtre=inconnus");
    await inbox(page)
      .getByRole("link", { name: new RegExp(name) })
      .click();
    await expect(thread(page)).toContainText("Bonjour, c’est Ana");
    await page.getByRole("button", { name: "Créer le contact" }).click();
    await expect(page.getByText(/Vérifiez le pays et les chiffres/)).toBeVisible();
    await page.getByLabel("Numéro WhatsApp").fill("+33 6 39 98 74 02");
    await page.getByRole("button", { name: "Créer le contact" }).click();
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
    await expect(thread(page)).toContainText("Bonjour, c’est Ana");
    await expect(page.getByLabel("Votre réponse")).toBeVisible();
    await page.goto("/conversations?filtre=inconnus");
    await expect(inbox(page).getByRole("link", { name: new RegExp(name) })).toHaveCount(0);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one reads a conversation and replies, freely and by a template", async ({
    signedInPage: page,
    account,
    db,
    simulator,
    problems,
  }) => {
    problems.expect(/assets\/.*\.js csp$|status of 422/);
    const { contactId, number } = await makePhone(db, simulator, account);
    await simulator.inbound({ phone: number, text: "Bonjour" });
    await page.goto("/conversations");
    await inbox(page).getByRole("link", { name: /Lou/ }).click();
    await page.getByRole("button", { name: "Marquer comme lu" }).click();
    await expect(page.getByRole("button", { name: "Marquer comme lu" })).toHaveCount(0);
    await page.getByRole("button", { name: "Envoyer" }).click();
    await expect(page.getByText("Ce champ est obligatoire.")).toBeVisible();
    await page.getByLabel("Votre réponse").fill("Sans script");
    await page.getByRole("button", { name: "Envoyer" }).click();
    await expect(thread(page).getByText("Sans script")).toBeVisible();
    await page.getByRole("link", { name: "Modèle", exact: true }).click();
    await page.getByLabel("Variable {{1}}").fill("Relance");
    await page.getByLabel("Variable {{2}}").fill("12");
    await page.getByRole("button", { name: "Envoyer" }).click();
    await expect(thread(page).getByText("Your Relance code is 12")).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/conversations/${contactId}`));
  });
});
