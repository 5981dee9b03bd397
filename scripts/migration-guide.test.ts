// docs/Migration_Gupshup_vers_Twilio.md says what the code says: functions, columns, variables, routes, and the order.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, onTestFinished, test } from "vitest";
import * as campaigns from "#db/schema/campaigns.ts";
import * as contacts from "#db/schema/contacts.ts";
import * as messages from "#db/schema/messages.ts";
import * as users from "#db/schema/users.ts";
import { previousTables } from "#db/takeover/previous-tables.ts";
import { codeOf, headingsOf, inlineCodeOf, linksOf, rowsOf, sectionOf } from "#scripts/lib/markdown.ts";

const guide = readFileSync("docs/Migration_Gupshup_vers_Twilio.md", "utf8");

test("it says what maps to what, what is mended, in which order to switch, what to check and how to go back", () => {
  const subjects = headingsOf(guide).filter(({ level }) => level === 2);
  expect(subjects.map(({ text }) => text)).toEqual([
    "1. Ce qui correspond à quoi",
    "2. Ce que la reprise répare",
    "3. Basculer",
    "4. Après la bascule",
    "5. Revenir en arrière",
  ]);
});

test("[EX-8.1] each thing the previous service did has its function, in the file the guide names", () => {
  const rows = rowsOf(sectionOf(guide, "1.3 Les fonctions")).filter(
    (row) => linksOf(row[2] ?? "").length > 0,
  );
  expect(rows.length).toBeGreaterThan(8);
  for (const [task = "", fn = "", file = ""] of rows) {
    const [name = ""] = inlineCodeOf(fn);
    const [path = ""] = linksOf(file);
    const source = readFileSync(path.replace("../", ""), "utf8");
    expect(source, task).toMatch(new RegExp(`(export (async )?function|^ {2})\\s*${name}\\(`, "m"));
  }
});

test("each old table is there with the columns that were added to it", () => {
  const tables = [campaigns, contacts, messages, users]
    .flatMap((module) => Object.values(module))
    .filter(isTable);
  const added = tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    const before = previousTables[name];
    if (!before) return [];
    return [
      [
        name,
        columns
          .map((column) => column.name)
          .filter((column) => !(column in before))
          .sort(),
      ],
    ];
  });
  const told = rowsOf(sectionOf(guide, "1.5 Les tables"))
    .filter(([table = ""]) => /^`\w+`$/.test(table))
    .map(([table = "", columns = ""]) => [inlineCodeOf(table)[0], inlineCodeOf(columns).sort()]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(added));
});

const isTable = (value: unknown): value is PgTable => is(value, PgTable);

test("the addresses it names are routes", () => {
  const named = inlineCodeOf(sectionOf(guide, "1.4 Les adresses")).flatMap(
    (code) => code.match(/\/api\/\S+/) ?? [],
  );
  expect(new Set(named)).toEqual(new Set(["/api/webhooks/twilio", "/api/webhooks/gupshup"]));
  for (const path of named)
    expect(existsSync(`app/routes/${path.slice(1).replaceAll("/", ".")}.ts`)).toBe(true);
});

test("it switches in an order that works: back-up, dry run, move, web server, audit, worker, doctor", () => {
  const section = sectionOf(guide, "3. Basculer");
  const commands = codeOf(section, "sh")
    .flatMap((block) => block.split("\n").map((line) => line.trim()))
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(commands.map((command) => command.replace(/^pg_dump .*/, "pg_dump"))).toEqual([
    "pg_dump",
    "npm run db:migrate -- --dry-run",
    "npm run db:migrate",
    "npm start",
    "npm run audit",
    "npm run worker",
    "npm run doctor",
  ]);
  // nothing can leave before there is a worker
  const points = section.split(/^(?=\d+\. )/m);
  const start = points.find((point) => /^ *npm run worker$/m.test(point)) ?? "";
  const webhook = points.find((point) => point.includes("When a message comes in")) ?? "";
  const nr = Number.parseInt(start, 10);
  expect(Number.parseInt(webhook, 10)).toBeLessThan(nr);
  expect(section).toMatch(
    new RegExp(`^Du point 2 au point ${nr - 1}, aucun des deux systèmes n'envoie`, "m"),
  );
  expect(section).toMatch(
    new RegExp(`À\\s+partir du point ${nr}, elle envoie ce que vous lancez, et un Message 2`),
  );
});

/** What a guide has the shell ask node for. */
const addressAsked = /\$\((node --env-file=\.env -p '[^']+')\)/;

test.each(["docs/Migration_Gupshup_vers_Twilio.md", "docs/Exploitation.md"])(
  "the database that %s saves is the one of .env, in a shell that has not read it",
  (page) => {
    const dumps = codeOf(readFileSync(page, "utf8"), "sh").filter((code) => code.includes("pg_dump"));
    expect(dumps).toHaveLength(1);
    const [, command = ""] = addressAsked.exec(dumps[0] ?? "") ?? [];
    const folder = mkdtempSync(join(tmpdir(), "relance-dump-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const asked = (lines: string) => {
      writeFileSync(join(folder, ".env"), lines);
      const { stdout } = spawnSync("sh", ["-c", command], {
        cwd: folder,
        env: { PATH: process.env.PATH, NODE_ENV: "test" },
        encoding: "utf8",
      });
      return stdout.trim();
    };
    const address = (port: number) =>
      `postgresql://u:mot%23de@db:${port}/postgres?sslmode=verify-full&sslrootcert=a.crt`;
    expect(asked(`DATABASE_URL=${address(6543)}\nDATABASE_DIRECT_URL=${address(5432)}\n`)).toBe(
      address(5432),
    );
    expect(asked(`# à remplir\nDATABASE_URL=${address(6543)}\nDATABASE_DIRECT_URL=\n`)).toBe(address(6543));
  },
);

test("no command of a guide leans on a variable that a shell does not have", () => {
  const pages = [
    "README.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  const leaning = pages.flatMap((page) => readFileSync(page, "utf8").match(/\$\{?[A-Z][A-Z0-9_]+\}?/g) ?? []);
  expect(leaning).toEqual([]);
});

test("what it names in bold or in quotes is on a page or printed", () => {
  const shown = ["app/i18n", "app/i18n/fr", "scripts", "scripts/lib"]
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
        .map((file) => readFileSync(`${folder}/${file}`, "utf8")),
    )
    .join("\n")
    .replace(/[\u00a0\u202f]/g, " ");
  const sections = [sectionOf(guide, "2. Ce que"), sectionOf(guide, "4. Après")].join("\n");
  const named = [...sections.matchAll(/« ([^»]+) »/g)].map(([, name = ""]) => name.trim());
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !shown.includes(name))).toEqual([]);
});
