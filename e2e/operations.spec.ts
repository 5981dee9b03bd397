// What whoever operates it sees: the audit log, alarms with their cure, and the rights of the people behind contacts.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { connect, type Database, queryRows } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { expectAccessible } from "#e2e/axe.ts";
import { freeNumber } from "#e2e/draft.ts";
import { expect, makeAccount, sessionCookie, test } from "#e2e/fixtures.ts";
import { openOwnWeb } from "#e2e/own-web.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { makeCampaign, makeContact, makeEnv } from "#server/testing/factories.ts";

test.use({ role: "super_admin", contextOptions: { reducedMotion: "reduce" } });

test("what is done stands in the audit log with who and what changed, is filtered, and leaves as a file", async ({
  signedInPage: page,
  account,
}) => {
  const name = `Fidèles ${account.id}`;
  await page.goto("/categories?ajouter=1");
  await page.getByLabel("Nom de la catégorie").fill(name);
  await page.getByRole("button", { name: "Créer la catégorie" }).click();
  await expect(page.getByText("Catégorie créée.")).toBeVisible();
  await page.goto("/journal");
  const line = page.getByRole("row").filter({ hasText: name });
  await expect(line).toContainText("A créé une catégorie");
  await expect(line).toContainText(account.email);
  await expect(line).toContainText(new RegExp(`Nom\\s: ${name}`));
  await page.getByLabel("Action", { exact: true }).selectOption({ label: "A créé une catégorie" });
  await expect(page).toHaveURL(/action=category.created/);
  await page.getByLabel("Utilisateur", { exact: true }).selectOption({ label: account.email });
  await expect(page.getByText("1 action", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Exporter", exact: true }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /Excel/ }).click();
  const file = readFileSync(await (await downloading).path(), "utf8");
  expect(file.split("\r\n").filter(Boolean)).toHaveLength(2);
  expect(file).toContain(name);
});

/** Came ten minutes ago, and is not tried again today. */
const waitingEvent = sql`insert into webhook_events (kind, verdict, url, raw_body, params, received_at, next_try_at)
  values ('status', 'accepted', '', '', '{}', now() - interval '10 minutes', now() + interval '1 day') returning id`;

test("webhook events that wait are an alarm on every page, with its cure, and gone when they are applied", async ({
  signedInPage: page,
  db,
}) => {
  const [event] = await queryRows<{ id: string }>(db, waitingEvent);
  try {
    await page.goto("/contacts");
    const banner = page.getByRole("status").filter({ hasText: "appel de Twilio n’est pas appliqué" });
    await expect(banner).toContainText("depuis 10 min");
    await expect(banner).toContainText("la page Webhooks dit pourquoi");
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expectAccessible(page, `an alarm, ${width} pixels wide`);
    }
    await banner.getByRole("link", { name: "Voir ces appels" }).click();
    await expect(page).toHaveURL(/\/webhooks\?suite=waiting$/);
  } finally {
    await db.execute(sql`delete from webhook_events where id = ${event?.id}::bigint`);
  }
  await page.goto("/campagnes");
  await expect(page.getByText("n’est pas appliqué depuis")).toHaveCount(0);
});

/** A database of a test's own, in which nobody works. */
async function ownDatabase(db: Database) {
  const name = `alarms_${randomBytes(4).toString("hex")}`;
  await db.execute(sql`create database ${sql.identifier(name)}`);
  const url = new URL(process.env.E2E_DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  await migrate(url.href);
  const own = connect(url.href, { max: 2 });
  const drop = async () => {
    await own.close();
    await db.execute(sql`drop database ${sql.identifier(name)} with (force)`);
  };
  return { url: url.href, db: own.db, drop };
}

test("every alarm, when its cause is there, is red with its cure on the dashboard, and up in the metrics", async ({
  page,
  context,
  db,
}) => {
  const own = await ownDatabase(db);
  const web = await openOwnWeb(own.url);
  const up = async () =>
    [...(await (await fetch(`${web.url}/metrics`)).text()).matchAll(/^relance_alarm\{alarm="(\w+)"\} 1$/gm)]
      .map(([, kind]) => kind)
      .sort();
  const cures = {
    "Moteur d’envoi arrêté": "npm run worker",
    "Des messages attendent, et rien ne part depuis 2 min": "Redémarrez-le",
    "La base de données est en retard sur cette version": "npm run db:migrate",
    "Un appel de Twilio n’est pas appliqué depuis 10 min": "la page Webhooks dit pourquoi",
  };
  try {
    await context.addCookies([await sessionCookie(own.db, await makeAccount(own.db))]);
    await launchCampaign(own.db, {
      campaignId: await makeCampaign(own.db, [await makeContact(own.db)]),
      env: makeEnv(),
    });
    await own.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role to replica`);
      await tx.execute(sql`update messages set next_attempt_at = now() - interval '2 minutes'`);
      await tx.execute(sql`update senders set next_slot_at = now() - interval '2 minutes'`);
    });
    await own.db.execute(waitingEvent);
    await own.db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at - 86400000`);
    await page.goto(`${web.url}/tableau-de-bord`);
    for (const [title, cure] of Object.entries(cures)) {
      await expect(page.getByRole("status").filter({ hasText: title })).toContainText(cure);
    }
    expect(await up()).toEqual(["events_unapplied", "schema_behind", "work_waiting", "worker_silent"]);
    await own.db.execute(
      sql`update senders set pause_reason = 'account', pause_code = 20003, paused_at = now()`,
    );
    await page.reload();
    const paused = page.getByRole("status").filter({ hasText: "Envois suspendus" });
    await expect(paused.getByRole("button", { name: "Reprendre les envois" })).toBeVisible();
    expect(await up()).toContain("sender_paused");
    expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
  } finally {
    await web.close();
    await own.drop();
  }
});

test("a contact's data leave as a file, and then for good, after a question", async ({
  signedInPage: page,
  account,
  db,
}) => {
  const number = await freeNumber(db);
  const person = { firstName: "Zéphyrine", lastName: "Quatremère", country: "FR", categoryIds: [] };
  const { id } = await createContact(db, { user: account, number, ...person });
  await page.goto(`/contacts/${id}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exporter (JSON)" }).click();
  const file = JSON.parse(readFileSync(await (await downloading).path(), "utf8"));
  expect(file).toMatchObject({ complete: true, contact: { fullNumber: number, lastName: "Quatremère" } });
  await page.getByRole("button", { name: "Effacer pour de bon" }).click();
  const dialog = page.getByRole("dialog", { name: "Effacer Zéphyrine Quatremère pour de bon ?" });
  await expect(dialog).toContainText("Rien ne les ramène.");
  await expectAccessible(page, "erasing a contact");
  await dialog.getByRole("button", { name: "Effacer pour de bon" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByText("Contact effacé pour de bon.")).toBeVisible();
  await page.goto("/contacts?recherche=Quatrem");
  await expect(page.getByRole("link", { name: "Zéphyrine Quatremère" })).toHaveCount(0);
  await page.goto("/journal?sujet=contact");
  for (const action of ["A effacé un contact pour de bon", "A exporté les données d’un contact"]) {
    await expect(page.getByRole("row").filter({ hasText: action }).first()).toContainText(account.email);
  }
});
