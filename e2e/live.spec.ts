import type { Request } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { messages } from "#db/schema/messages.ts";
import { sessions } from "#db/schema/sessions.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { makeGate } from "#e2e/gate.ts";
import { makeStory } from "#e2e/story.ts";

const deliver = (db: Database, id: number) =>
  db.update(messages).set({ status: "delivered" }).where(eq(messages.id, id));

test("a campaign whose event stream cannot be opened is followed by asking every five seconds", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/live\.changes|ERR_CONNECTION_REFUSED/);
  const { completedId, failedMessageId } = await makeStory(db, account);
  await page.route(/live\.changes/, (route) => route.abort("connectionrefused"));
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("Actualisation toutes les 5 s")).toBeVisible();
  const noa = page.getByRole("row").filter({ hasText: "Noa Garnier" });
  await expect(noa).toContainText("Échec");
  await deliver(db, failedMessageId);
  await expect(noa).toContainText("Remis");
});

test("the stream is taken again once it can be opened", async ({
  signedInPage: page,
  account,
  db,
  problems,
}) => {
  problems.expect(/live\.changes|ERR_CONNECTION_REFUSED|50\d/);
  const { completedId } = await makeStory(db, account);
  await page.route(/live\.changes/, (route) => route.fulfill({ status: 503 }));
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("Actualisation toutes les 5 s")).toBeVisible();
  await page.unroute(/live\.changes/);
  await expect(page.getByText("En direct")).toBeVisible({ timeout: 30_000 });
});

test("news that come while a button is being answered do not lose the answer", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("En direct")).toBeVisible();
  const hold = async (path: RegExp, method: string) => {
    const [gate, held] = [makeGate(), makeGate()];
    await page.route(path, async (route) => {
      if (route.request().method() !== method) return route.continue();
      held.open();
      await gate.opened;
      await route.continue();
    });
    return { held: held.opened, release: gate.open };
  };
  const [asking, acting] = [await hold(/\/readyz/, "GET"), await hold(/\.data/, "POST")];
  await deliver(db, failedMessageId);
  await asking.held;
  await page.getByRole("button", { name: "Archiver" }).click();
  await acting.held;
  const asked = page.waitForResponse(/readyz/);
  asking.release();
  await asked;
  // whatever the answer sets off has been set off
  await page.evaluate(() => new Promise(requestAnimationFrame));
  acting.release();
  await expect(page.getByText("Archivée", { exact: true })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Noa Garnier" })).toContainText("Remis");
});

test("a page that follows a campaign by itself is no activity of its user, a click is", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("En direct")).toBeVisible();
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now() - interval '20 minutes'` })
    .where(eq(sessions.userId, account.id));
  const idleMinutes = async () => {
    const [session] = await db
      .select({ minutes: sql<string>`extract(epoch from now() - last_seen_at) / 60` })
      .from(sessions)
      .where(eq(sessions.userId, account.id));
    return Number(session?.minutes);
  };

  await deliver(db, failedMessageId);
  await expect(page.getByRole("row").filter({ hasText: "Noa Garnier" })).toContainText("Remis");
  expect(await idleMinutes()).toBeGreaterThan(19);
  await expect
    .poll(async () => (await page.context().cookies()).map(({ name }) => name))
    .not.toContain("relance_quiet");

  await page.getByRole("link", { name: "Contacts" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  expect(await idleMinutes()).toBeLessThan(1);
});

test("the list of campaigns moves by itself, by one stream, and reads again nothing but itself", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId, failedMessageId } = await makeStory(db, account);
  const streams: string[] = [];
  const readings: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("live.changes")) streams.push(request.url());
    if (request.url().includes(".data")) readings.push(request.url());
  });
  await page.goto("/campagnes");
  const line = page.getByRole("row").filter({ hasText: "Relance de novembre" });
  await expect(line).toContainText("2 échecs");
  // the first news of a stream says to read again what came before it
  await expect.poll(() => readings.length).toBeGreaterThan(0);
  readings.length = 0;
  await deliver(db, failedMessageId);
  await expect(line).toContainText("1 échec");
  for (const url of readings) {
    expect(new URL(url).searchParams.get("_routes")).toBe("routes/_app.campagnes._index");
  }
  await page.getByRole("link", { name: "Relance de novembre" }).click();
  await expect(page).toHaveURL(new RegExp(`/campagnes/${completedId}$`));
  await expect(page.getByText("En direct")).toBeVisible();
  expect(streams).toHaveLength(1);
});

test("however many pages one walks through, the tab has one stream open and no second one", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const { completedId } = await makeStory(db, account);
  const open = new Set<Request>();
  let opened = 0;
  let mostAtOnce = 0;
  page.on("request", (request) => {
    if (!request.url().includes("live.changes")) return;
    open.add(request);
    opened++;
    mostAtOnce = Math.max(mostAtOnce, open.size);
  });
  for (const ended of ["requestfinished", "requestfailed"] as const) {
    page.on(ended as "requestfinished", (request) => open.delete(request));
  }
  await page.goto("/");
  const navigation = page.getByRole("navigation", { name: "Navigation principale" });
  for (const name of [
    "Campagnes",
    "Conversations",
    "Messages",
    "Contacts",
    "Catégories",
    "Guide des erreurs",
    "Tableau de bord",
  ]) {
    await navigation.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  expect(opened).toBe(1);
  await page.goto(`/campagnes/${completedId}`);
  await expect(page.getByText("En direct")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Tableau de bord" })).toBeVisible();
  await expect.poll(() => opened).toBe(3);
  expect(mostAtOnce).toBe(1);
  expect(open.size).toBe(1);
});
