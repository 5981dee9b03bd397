// The application and the virtual phones side by side, as an admin and a recipient would play them.
import type { Page } from "@playwright/test";
import { expectAccessible } from "#e2e/axe.ts";
import { makeDraft } from "#e2e/draft.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { type RunningSimulator, startSimulator } from "#e2e/twilio-simulator/server.ts";

const messageTwo = "Merci ! Les détails sont sur https://example.org/details";

/** The phone of this number, on the page of a simulator: the application's unless another is given. */
async function openPhone(page: Page, number: string, url = process.env.E2E_SIMULATOR_URL): Promise<void> {
  await page.goto(`${url}/phone`);
  await expect(page.getByText("En direct")).toBeVisible();
  await page.getByLabel("Ajouter un numéro").fill(number);
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(state(page)).toHaveText(`${number} · Pas inscrit`);
}

const state = (page: Page) => page.locator("#phone-state");

const conversation = (page: Page) => page.getByRole("log", { name: "Conversation" });

test("[EX-5.3] [EX-6.6] an admin launches; the recipient joins, reads and answers on the phone; Message 2 arrives; the dashboard sees it live", async ({
  signedInPage: admin,
  context,
  account,
  db,
  simulator,
}) => {
  const phone = await context.newPage();
  const { campaignId, numbers } = await makeDraft(db, account, { people: ["Camille"], messageTwo });
  const [number = ""] = numbers;

  await openPhone(phone, number);
  await phone.getByRole("checkbox", { name: "Lit tout de suite" }).uncheck();
  await phone.getByRole("button", { name: /^Écrire « join/ }).click();
  await expect(conversation(phone)).toContainText("You are all set!");
  await expect(state(phone)).toContainText("Inscrit encore 71 h 59");

  await admin.goto(`/campagnes/${campaignId}`);
  await admin.getByRole("button", { name: "Lancer", exact: true }).click();
  await admin.getByRole("button", { name: "Lancer la campagne" }).click();
  const line = (type: string) =>
    admin.getByRole("row").filter({ hasText: "Camille" }).filter({ hasText: type });
  await expect(line("Message 1")).toContainText("Remis");

  const first = conversation(phone).getByText("Your Relance code is Camille");
  await expect(first).toBeVisible();
  await phone.getByRole("button", { name: "Lire (1)" }).click();
  await expect(line("Message 1")).toContainText("Lu");

  await phone.getByRole("textbox", { name: "Message", exact: true }).fill("Oui, volontiers");
  await phone.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(phone.getByText("Transmis au webhook : réponse 200.")).toBeVisible();
  await expect(conversation(phone).getByText(messageTwo)).toBeVisible();
  await expect(line("Message 2")).toContainText("Remis");
  const callback = phone.getByRole("listitem").filter({ hasText: `delivered pour whatsapp:${number}` });
  await expect(callback.first().locator("b")).toHaveText("200");
  expect(await simulator.messages({ to: number })).toHaveLength(2);
});

test("a phone off the network gets its messages when it is back, and leaves the sandbox by stop", async ({
  signedInPage: admin,
  context,
  account,
  db,
}) => {
  const phone = await context.newPage();
  const { campaignId, numbers } = await makeDraft(db, account, { people: ["Sacha"] });
  await openPhone(phone, numbers[0] ?? "");
  await phone.getByRole("button", { name: /^Écrire « join/ }).click();
  await expect(conversation(phone)).toContainText("You are all set!");
  await phone.getByRole("checkbox", { name: "En ligne" }).uncheck();
  await expect(phone.getByRole("textbox", { name: "Message", exact: true })).toBeDisabled();

  await admin.goto(`/campagnes/${campaignId}`);
  await admin.getByRole("button", { name: "Lancer", exact: true }).click();
  await admin.getByRole("button", { name: "Lancer la campagne" }).click();
  const line = admin.getByRole("row").filter({ hasText: "Sacha" });
  await expect(line).toContainText("Envoyé");
  await expect(state(phone)).toContainText("1 en attente du réseau");
  await expect(conversation(phone).getByText("Your Relance code")).toHaveCount(0);

  await phone.getByRole("checkbox", { name: "En ligne" }).check();
  await expect(conversation(phone).getByText("Your Relance code is Sacha")).toBeVisible();
  await expect(line).toContainText("Lu");
  await phone.getByRole("button", { name: "Envoyer « stop »" }).click();
  await expect(conversation(phone)).toContainText("You have left the sandbox");
  await expect(state(phone)).toContainText("Pas inscrit");
});

test.describe("with a simulator of its own, whose clock and faults are nobody else's", () => {
  const number = "+33639981234";
  let simulator: RunningSimulator;
  test.beforeEach(async () => {
    simulator = await startSimulator();
  });
  test.afterEach(async ({ page }) => {
    // a page that loses its stream would complain
    await page.close();
    await simulator.close();
  });

  test("hostile texts of both sides stay texts, on the page and in the journal", async ({ page }) => {
    const hostile = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>'"&amp;`;
    const webhook = `${simulator.url}/_sim/${encodeURIComponent("<b>nothing</b>")}`;
    const sim = simulatorClient(simulator.url);
    await sim.settings({ inboundWebhookUrl: webhook });
    await sim.updatePhone(number, { profileName: hostile });
    await sim.join(number);
    await sim.inbound({ phone: number, text: hostile });
    await sim.inbound({
      phone: number,
      location: { latitude: 1, longitude: 2, label: hostile, address: hostile },
    });
    const url = "javascript:document.title='taken'";
    await sim.inbound({
      phone: number,
      text: "\u202eRTL \u0000",
      media: [{ contentType: "image/png", url }],
    });
    await page.goto(`${simulator.url}/phone#${encodeURIComponent(number)}`);
    await expect(page.getByRole("heading", { level: 2, name: hostile })).toBeVisible();
    await expect(conversation(page).getByText(hostile, { exact: true })).toBeVisible();
    for (const fold of await page.locator("#journal summary").all()) await fold.click();
    await expect(page.getByRole("cell", { name: hostile, exact: true }).first()).toBeVisible();
    expect(await page.locator("main img, main script, main a, main b:has(*)").count()).toBe(0);
    await expect(page).toHaveTitle("Téléphones simulés · Relance");
  });

  test("buttons, photo, position, faults and the clock do as they say", async ({ page }) => {
    const sim = simulatorClient(simulator.url);
    await openPhone(page, number, simulator.url);
    await page.getByRole("button", { name: /^Écrire « join/ }).click();
    await expect(conversation(page)).toContainText("You are all set!");
    await page
      .getByLabel("Photo…")
      .setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: onePixel });
    const photo = conversation(page).getByRole("img", { name: "Photo envoyée" });
    await expect(photo).toBeVisible();
    expect(await photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    await page.getByRole("button", { name: "Position" }).click();
    await expect(conversation(page)).toContainText("Tour Eiffel");

    const appointment = {
      To: `whatsapp:${number}`,
      From: "whatsapp:+14155238886",
      ContentSid: "HX7a3e1d0c5b9f48e2a6d4c8b0f1e2d3a4",
      ContentVariables: JSON.stringify({ 1: "Ana", 2: "lundi", 3: "9 h" }),
    };
    const { accountSid, authToken } = await sim.settings();
    const sending = await fetch(`${simulator.url}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      body: new URLSearchParams(appointment),
    });
    expect(sending.status).toBe(201);
    await conversation(page).getByRole("button", { name: "Je confirme" }).click();
    await expect(conversation(page).getByLabel("Moi").last()).toContainText("Je confirme");
    await conversation(page).getByLabel("Réagir", { exact: true }).click();
    await conversation(page).getByRole("button", { name: "Réagir 👍" }).click();
    await expect(conversation(page).getByLabel("Réactions")).toHaveText("👍");

    await page.getByText("Pannes et délais").click();
    const slider = page.getByRole("slider", { name: /^Refus 429/ });
    await slider.fill("40");
    await expect(page.getByText("1 en cours")).toBeVisible();
    expect(await sim.faults()).toMatchObject([{ name: "429", probability: 0.4 }]);
    await slider.fill("0");
    await expect(page.getByText("aucune panne", { exact: true })).toBeVisible();
    await page.getByRole("slider", { name: /^Remis après/ }).fill("12");
    await expect.poll(async () => (await sim.settings()).statusDelaysMs.delivered).toBe(12_000);

    await page.getByRole("button", { name: "+ 24 h" }).click();
    await expect(page.getByText("avancée de 24 h 00")).toBeVisible();
    await expect(state(page)).toContainText("fenêtre fermée");
    await page.getByRole("button", { name: "+ 72 h" }).click();
    await expect(state(page)).toContainText("Inscription terminée");
  });

  test("the page is accessible and fits, on desk and phone, in light and dark", async ({ page }) => {
    const sim = simulatorClient(simulator.url);
    await sim.updatePhone(number, { profileName: "Anne-Sophie de La Rochefoucauld-Montmorency" });
    await sim.join(number);
    await sim.inbound({ phone: number, text: "Bonjour, je voudrais en savoir plus 🙂" });
    await sim.updatePhone("+33639981235", { profileName: "Élodie Martin" });
    await sim.fault({ name: "429", behaviour: { kind: "http-error", status: 429 }, probability: 0.1 });
    await fetch(`${simulator.url}/2010-04-01/Accounts/AC${"0".repeat(32)}/Messages.json`);
    await page.goto(`${simulator.url}/phone#${encodeURIComponent(number)}`);
    await expect(conversation(page)).toContainText("en savoir plus");
    await page.getByText("Pannes et délais").click();
    for (const [size, viewport] of Object.entries({
      desk: { width: 1280, height: 800 },
      tablet: { width: 800, height: 1100 },
      phone: { width: 390, height: 844 },
    })) {
      await page.setViewportSize(viewport);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `pixels of the page beside the window (${size})`).toBeLessThanOrEqual(0);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page, `${size}, ${colorScheme}`);
      }
    }
  });
});

const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
