// `npm run demo` and `npm run dev` as the local guide has them run, up to the first Message 2.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect as baseExpect, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { demoAdmin } from "#db/seed/demo.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { startChild } from "#scripts/lib/children.ts";
import { codeOf, sectionOf } from "#scripts/lib/markdown.ts";

const guide = readFileSync("docs/Guide_Configuration_Projet_Local_2025.md", "utf8");

test.setTimeout(180_000);

/** The command on a database of its own, as soon as it says that all is ready. */
async function start(command: "demo" | "dev", db: Database) {
  const name = `demo_${randomBytes(6).toString("hex")}`;
  await db.execute(sql.raw(`create database "${name}"`));
  const databaseUrl = Object.assign(new URL(process.env.E2E_DATABASE_URL ?? ""), {
    pathname: `/${name}`,
  }).href;
  const said: string[] = [];
  const child = startChild({
    name: command,
    command: [command],
    env: { DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: "", SEND_INTERVAL_MS: "300" },
    onLine: (line) => said.push(line),
  });
  const end = async () => {
    await child.stop();
    await db.execute(sql.raw(`drop database if exists "${name}" with (force)`));
  };
  try {
    await baseExpect
      .poll(() => said.join("\n") + (child.isRunning() ? "" : " (ended)"), { timeout: 120_000 })
      .toMatch(/Ctrl-C arrête tout|\(ended\)/);
    const address = (label: string) =>
      new RegExp(`^ {2}${label} +(\\S+)`, "m").exec(said.join("\n"))?.[1] ?? "";
    return { child, end, said, webUrl: address("Adresse"), phonesUrl: address("Téléphones") };
  } catch (error) {
    await end();
    throw error;
  }
}

async function signIn(page: Page, webUrl: string): Promise<void> {
  await page.goto(webUrl);
  await page.getByLabel("E-mail").fill(demoAdmin.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(demoAdmin.password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page).toHaveURL(/\/tableau-de-bord$/, { timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1, name: "Tableau de bord" })).toBeVisible();
}

test("[EX-11.6] the demo, followed as the guide tells: a campaign leaves, a phone answers, Message 2 arrives", async ({
  page: admin,
  context,
  db,
}) => {
  const demo = await start("demo", db);
  try {
    await signIn(admin, demo.webUrl);
    const [campaigns, draft, launch] = ["Campagnes", "Code de rentrée", "Lancer"];
    await admin.getByRole("link", { name: campaigns, exact: true }).first().click();
    await admin.getByRole("link", { name: draft }).first().click();
    await admin.getByRole("button", { name: launch, exact: true }).click();
    await admin.getByRole("button", { name: "Lancer la campagne" }).click();
    const line = (type: string) =>
      admin.getByRole("row").filter({ hasText: "Élodie" }).filter({ hasText: type });
    await expect(line("Message 1")).toContainText(/Remis|Lu/, { timeout: 60_000 });

    const phone = await context.newPage();
    await phone.goto(demo.phonesUrl);
    await phone.getByRole("button", { name: /Élodie/ }).click();
    await phone.getByRole("textbox", { name: "Message", exact: true }).fill("Oui");
    await phone.getByRole("button", { name: "Envoyer", exact: true }).click();
    await expect(phone.getByText("Transmis au webhook : réponse 200.")).toBeVisible();
    await expect(line("Message 2")).toContainText(/Envoyé|Remis|Lu/, { timeout: 60_000 });

    // and the command of the guide that does the same: curl -H … -d … <address>
    const [curl = ""] = codeOf(sectionOf(guide, "3.2 Première"), "sh").filter((code) =>
      code.startsWith("curl -H"),
    );
    const [, body = "", path = ""] = /-d "(.*)" http:\/\/[^/]+(\S+)/.exec(curl) ?? [];
    const answered = await fetch(new URL(path, demo.phonesUrl), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body.replaceAll('\\"', '"'),
    });
    expect(await answered.json()).toMatchObject({ webhook: { result: 200 } });
    // a page left open would ask a server that is gone
    for (const page of context.pages()) await page.goto("about:blank");
  } finally {
    await demo.end();
  }
  expect(demo.said.join("\n")).toContain("Arrêt…");
});

test("npm run dev serves the same, compiled as it is asked for", async ({ page, db, problems }) => {
  // of React in development, about Remix's own start, when the machine is slow
  problems.expect(/hasn't mounted yet/);
  const dev = await start("dev", db);
  try {
    await signIn(page, dev.webUrl);
    await page.goto("about:blank");
  } finally {
    await dev.end();
  }
});
