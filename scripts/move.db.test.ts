// The commands of the move from the previous system, as processes and in the order of docs/Migration_Gupshup_vers_Twilio.md.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { blemishedDatabase } from "#db/testing/previous-database.ts";
import { emptyDatabase } from "#db/testing/test-database.ts";
import { codeOf } from "#scripts/lib/markdown.ts";

const guide = readFileSync("docs/Migration_Gupshup_vers_Twilio.md", "utf8");

async function run(url: string, command: string, ...args: string[]) {
  const env = { ...process.env, RELANCE_SUPERVISED: "yes", DATABASE_URL: url, DATABASE_DIRECT_URL: "" };
  const child = spawn(process.execPath, ["scripts/run.mjs", command, ...args], { env });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  // the name of the database is drawn for each test, and there will be more migrations
  const { host, pathname } = new URL(url);
  const shown = out
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(host + pathname, "serveur:5432/base")
    .replace(/0000_init, .*/, "0000_init, …");
  return { code: await ended, out: shown, err };
}

test("a dry run, the move and a second one say what the guide says they say; the backups bring back what was there", async () => {
  const { url, sql } = await blemishedDatabase();
  // in a list the blocks stand further in
  const [foretold, told, again] = codeOf(guide, "text").map((block) => block.replace(/^ {3}/gm, ""));
  expect(await run(url, "db-migrate", "--dry-run")).toEqual({ code: 0, out: foretold, err: "" });
  expect(await sql`select from pg_namespace where nspname = 'relance'`).toEqual([]);
  expect(await run(url, "db-migrate")).toEqual({ code: 0, out: told, err: "" });
  expect(await run(url, "db-migrate")).toEqual({ code: 0, out: again, err: "" });

  const folder = mkdtempSync(join(tmpdir(), "relance-move-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "relance.gz");
  expect(await run(url, "backup", file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\d+ lignes de \d+ tables/),
  });
  const empty = await emptyDatabase();
  expect(await run(empty.url, "restore", file)).toMatchObject({
    code: 0,
    out: expect.stringContaining("lignes restaurées"),
  });
  expect(await empty.sql`select count(*)::int as count from messages`).toEqual(
    await sql`select count(*)::int as count from messages`,
  );
  expect(await run(url, "restore", file)).toMatchObject({
    code: 1,
    err: expect.stringContaining("n'est pas vide"),
  });
}, 120_000);

test("another's database is refused in French, with 1", async () => {
  const { url, sql } = await emptyDatabase();
  await sql`create table articles (id serial)`;
  const ended = await run(url, "db-migrate");
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining("elle contient articles") });
});
