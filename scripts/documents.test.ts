// What every document promises: links that lead somewhere, commands and variables that exist.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { criteriaOf } from "#scripts/lib/criteria.ts";
import { sectionsOf } from "#scripts/lib/exigences-page.ts";
import { codeOf, headingsOf, inlineCodeOf, linksOf, sectionOf } from "#scripts/lib/markdown.ts";
import { proofsOfProject } from "#scripts/lib/proofs.ts";
import { envSchema } from "#server/env-schema.ts";

const read = (file: string) => readFileSync(file, "utf8");
const manifest = JSON.parse(read("package.json")) as Record<
  "scripts" | "dependencies" | "devDependencies",
  Record<string, string>
>;

const source = "docs/exigences-source.md";
const documents = [
  "README.md",
  "e2e/twilio-simulator/README.md",
  ...["docs", "docs/decisions"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
].filter((file) => file !== source);

test.each(documents)("every link of %s leads to a file, and to a heading of it", (file) => {
  const broken = linksOf(read(file)).filter((target) => {
    if (/^[a-z]+:/i.test(target)) return !URL.canParse(target);
    const [path = "", anchor] = decodeURIComponent(target).split("#", 2);
    const linked = path === "" ? file : normalize(join(dirname(file), path));
    if (!existsSync(linked)) return true;
    return anchor !== undefined && !headingsOf(read(linked)).some((heading) => heading.anchor === anchor);
  });
  expect(broken).toEqual([]);
});

test.each(documents)("every npm command of %s exists", (file) => {
  const named = [...read(file).matchAll(/npm run ([a-z][a-z0-9:-]*)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

/** Read by scripts, by tests and by the tools, not by the application. */
const otherVariables = [
  "ADMIN_PASSWORD",
  "CHROMIUM_PATH",
  "SIMULATOR_PORT",
  "SIMULATOR_INBOUND_WEBHOOK_URL",
  "SIMULATOR_MIN_INTERVAL_MS",
  "TWILIO_LIVE_TEST",
];

test.each(documents)("every variable of %s exists", (file) => {
  const page = read(file);
  const named = [
    ...inlineCodeOf(page).filter((code) => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code)),
    ...[...codeOf(page, "env"), ...codeOf(page, "sh")].flatMap((code) =>
      [...code.matchAll(/^\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name),
    ),
  ];
  const known = [...Object.keys(envSchema.shape), ...otherVariables];
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test("every dependency has its reason in docs/Architecture.md, and no other is named", () => {
  const named = inlineCodeOf(sectionOf(read("docs/Architecture.md"), "Dépendances")).filter(
    (code) => !code.startsWith("npm "),
  );
  expect(named.sort()).toEqual(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort());
});

test("docs/exigences.md says each criterion in its own words, and how it is met", () => {
  const sections = sectionsOf(read("docs/exigences.md"));
  expect(sections.map(({ id, quote }) => ({ id, text: quote }))).toEqual(
    criteriaOf(read(source)).map(({ id, text }) => ({ id, text })),
  );
  for (const { id, answer } of sections) expect(answer.length, id).toBeGreaterThan(40);
});

test("the proofs that docs/exigences.md names are ones, and no criterion with a test goes without", () => {
  const proofs = proofsOfProject(".");
  for (const { id, proofs: named } of sectionsOf(read("docs/exigences.md"))) {
    const files = proofs.filter(({ criterion }) => criterion === id).map(({ file }) => file);
    // npm run exigences -- --write names them anew
    expect(
      named.filter((file) => !files.includes(file)),
      id,
    ).toEqual([]);
    expect(named.length > 0, id).toBe(files.length > 0);
  }
});
