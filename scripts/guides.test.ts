// The two guides of Exigences 10 and 11, read as somebody who follows them: values that can be pasted, commands in an order
// that works, messages as they are printed, codes explained as the dashboard does.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { twilioErrors } from "#app/i18n/twilio-errors.ts";
import { demoAdmin } from "#db/seed/demo.ts";
import { demoNumbers } from "#db/seed/demo-people.ts";
import { codeOf, headingsOf, inlineCodeOf, linksOf, rowsOf, sectionOf } from "#scripts/lib/markdown.ts";
import { joinUrl } from "#server/domain/sandbox.ts";
import { type EnvSource, readEnv } from "#server/env.ts";
import { envSchema } from "#server/env-schema.ts";
import { sandboxTemplates } from "#server/templates/known-templates.ts";
import { type ErrorClass, errorCatalogue } from "#server/twilio/error-catalogue.ts";

const twilio = readFileSync("docs/Configuration_Twilio_WhatsApp_Sandbox_2025.md", "utf8");
const local = readFileSync("docs/Guide_Configuration_Projet_Local_2025.md", "utf8");
const localLinks = linksOf(local);
const webhookPath = "/api/webhooks/twilio";
const number = "+14155238886";
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("’", "'");

describe("the guide of Twilio's console", () => {
  test("[EX-10.1] goes from the account to production, and says where each fact comes from", () => {
    const subjects = headingsOf(twilio).filter(({ level }) => level === 2);
    expect(subjects.map(({ text }) => text.replace(/^\d+\. /, ""))).toEqual([
      "Sandbox classique ou Try out WhatsApp",
      "Créer le compte et le passer en payant",
      "Trouver les identifiants",
      "Activer le Sandbox",
      "Inscrire les téléphones",
      "Les deux horloges",
      "Brancher les webhooks",
      "Modèles et variables",
      "Limites du Sandbox et coût",
      "Changer d'Auth Token",
      "Passer à un expéditeur de production",
      "Dépannage par code",
    ]);
    for (const { text } of subjects) expect(sectionOf(twilio, text), text).toMatch(/\*\*\[[TVC?]\]\*\*/);
  });

  test("[EX-10.2] says where Account SID, Auth Token and Sandbox Number are, and what they look like", () => {
    const rows = rowsOf(sectionOf(twilio, "3. Trouver"));
    const named = Object.fromEntries(rows.map(([variable, name, place]) => [variable, `${name} : ${place}`]));
    expect(named["`TWILIO_ACCOUNT_SID`"]).toMatch(/^Account SID : .*console\.twilio\.com/);
    expect(named["`TWILIO_AUTH_TOKEN`"]).toMatch(/^Auth Token : \p{L}+/u);
    expect(named["`TWILIO_SANDBOX_NUMBER`"]).toMatch(
      /^Sandbox Number : .*Try it out → Send a WhatsApp message/,
    );
    expect(named["`TWILIO_SANDBOX_JOIN_CODE`"]).toMatch(/^join code : \p{L}+/u);
    const [example = ""] = codeOf(twilio, "sh").filter((code) => code.includes("TWILIO_ACCOUNT_SID"));
    expect(readEnv({ ...complete(), ...parseEnv(example) }, { for: "web" })).toMatchObject({
      twilioSandboxNumber: number,
      twilioSandboxJoinCode: "bright-tiger",
    });
  });

  test("[EX-10.3] says how to activate the sandbox, get the code, join in three ways and see that it worked", () => {
    const joining = sectionOf(twilio, "5. Inscrire");
    expect(sectionOf(twilio, "4. Activer")).toMatch(/code de\s+join/);
    expect(joining).toContain("`join bright-tiger`");
    expect(joining).toContain(`\`${joinUrl(number, "bright-tiger")}\``);
    expect(joining).toMatch(/code QR/);
    expect(joining).toMatch(/Tester l'adhésion/);
    expect(joining).toMatch(/Plusieurs testeurs/);
    expect(sectionOf(twilio, "6. Les deux")).toMatch(/72 h.*24 h/s);
  });

  test("[EX-10.4] gives the exact values of the webhook, behind a tunnel to the port Relance listens on", () => {
    const section = sectionOf(twilio, "7. Brancher");
    expect(section).toContain(`\`ngrok http ${envSchema.shape.PORT.parse(undefined)}\``);
    const [base = ""] = [...section.matchAll(/^ *TWILIO_WEBHOOK_BASE_URL=(\S+)$/gm)].map(([, url]) => url);
    expect(readEnv({ ...complete(), TWILIO_WEBHOOK_BASE_URL: base }, { for: "web" }).webhookBaseUrl).toBe(
      base,
    );
    const settings = rowsOf(section).filter(([field]) =>
      /^(When a message|Status callback)/.test(field ?? ""),
    );
    expect(settings).toEqual([
      ["When a message comes in", `\`${base}${webhookPath}\``, "**POST**"],
      ["Status callback URL", `\`${base}${webhookPath}\``, "**POST**"],
    ]);
    expect(existsSync("app/routes/api.webhooks.twilio.ts")).toBe(true);
  });

  const effects: Record<ErrorClass, string> = {
    retryable: "Réessai seul, puis échec du message",
    recipient: "Échec du message",
    content: "Échec du message ; dix de suite : campagne en pause",
    channel: "Échec du message ; trois de suite : « Envois suspendus »",
    account: "« Envois suspendus », le message attend",
  };

  test("[EX-10.5] explains every code Relance knows, named as in the dashboard, with what Relance does", () => {
    const rows = rowsOf(sectionOf(twilio, "Tous les codes")).filter(([code]) => /^\d+$/.test(code ?? ""));
    expect(rows.map(([code, title]) => [Number(code), title])).toEqual(
      Object.entries(twilioErrors).map(([code, { title }]) => [Number(code), plain(title)]),
    );
    for (const [code = "", , cause = "", cure = "", mover = "", effect] of rows) {
      expect(Math.min(cause.length, cure.length), code).toBeGreaterThan(10);
      expect(mover, code).toMatch(/\p{L}/u);
      const entry = errorCatalogue[Number(code)];
      if (entry) expect(effect, code).toBe(effects[entry.class]);
    }
  });

  test("[EX-10.5] tells 63007, the sender, from 63015, the recipient", () => {
    const rows = rowsOf(sectionOf(twilio, "63015 et 63007"));
    expect(rows[0]?.slice(1)).toEqual(["63015", "63007"]);
    const about = rows.find(([what]) => what === "Porte sur");
    expect(about?.[1]).toContain("destinataire");
    expect(about?.[2]).toContain("expéditeur");
    for (const code of [
      "63015",
      "63007",
      "63016",
      "63018",
      "20003",
      "21608",
      "21654",
      "21655",
      "57012",
      "11200",
    ])
      expect(sectionOf(twilio, `${code}`).length, code).toBeGreaterThan(150);
  });

  test("the templates it lists are those Relance offers", () => {
    const rows = rowsOf(sectionOf(twilio, "8. Modèles")).filter(([, sid]) => sid?.startsWith("`HX"));
    expect(rows.map(([name, sid, body]) => [name, sid, body])).toEqual(
      sandboxTemplates.map(({ name, contentSid, body }) => [name, `\`${contentSid}\``, body]),
    );
  });
});

describe("the local guide", () => {
  test("[EX-11.1] names the prerequisites, with the version of Node.js that Relance asks for", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
    const version = engines.node.replace(">=", "");
    const rows = Object.fromEntries(rowsOf(sectionOf(local, "1. Prérequis")).map((row) => [row[0], row[1]]));
    expect(rows["Node.js"]).toBe(`${version} ou plus récent`);
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(["npm", "git", "PostgreSQL", "ngrok"]));
    expect(sectionOf(local, "1. Prérequis")).toMatch(/Python[\s\S]*Aucun n'est requis/);
  });

  test("[EX-11.2] installs dashboard and server with one command", () => {
    expect(codeOf(sectionOf(local, "2. Récupérer"), "sh").join()).toContain("npm ci\n");
    expect(existsSync("package-lock.json")).toBe(true);
  });

  test("[EX-11.3] gives two complete .env files that Relance accepts", () => {
    const examples = codeOf(local, "env").map((code) => parseEnv(code));
    expect(examples).toHaveLength(2);
    for (const example of examples)
      expect(Object.keys(example).sort()).toEqual(Object.keys(envSchema.shape).sort());
    const [demo, real] = examples as [EnvSource, EnvSource];
    // the embedded database draws its own address
    expect(demo.DATABASE_URL).toBe("");
    expect(readEnv({ ...demo, DATABASE_URL: complete().DATABASE_URL }, { for: "web" })).toMatchObject({
      twilioApiBaseUrl: "http://127.0.0.1:4010",
      webhookBaseUrl: "http://127.0.0.1:3000",
    });
    const authority = newFile();
    const placed = Object.fromEntries(
      Object.entries(real).map(([name, value]) => [name, value?.replace("prod-ca-2021.crt", authority)]),
    );
    expect(readEnv(placed, { for: "worker" })).toMatchObject({ twilioApiBaseUrl: null });
    expect(real.DATABASE_DIRECT_URL).not.toBe(real.DATABASE_URL);
  });

  test("[EX-11.3] reaches Supabase with the certificate of its own authority, in every guide", () => {
    const [, real] = codeOf(local, "env").map((code) => parseEnv(code)) as [EnvSource, EnvSource];
    for (const address of [real.DATABASE_URL ?? "", real.DATABASE_DIRECT_URL ?? ""]) {
      const { hostname, searchParams } = new URL(address);
      expect(hostname).toMatch(/\.supabase\.com$/);
      expect(Object.fromEntries(searchParams)).toEqual({
        sslmode: "verify-full",
        sslrootcert: "prod-ca-2021.crt",
      });
    }
    const database = sectionOf(local, "4.2 Préparer");
    expect(plain(database)).toMatch(
      /« Database\s+Settings »,\s+« SSL Configuration »,\s+« Download certificate »/,
    );
    for (const page of [
      database,
      readFileSync(".env.example", "utf8"),
      sectionOf(readFileSync("docs/Exploitation.md", "utf8"), "2.2 Plusieurs"),
      sectionOf(readFileSync("docs/Migration_Gupshup_vers_Twilio.md", "utf8"), "3. Basculer"),
    ])
      expect(page).toMatch(/\?sslmode=verify-full&sslrootcert=\S*prod-ca-2021\.crt/);
  });

  test("[EX-11.3] goes the way with real accounts in an order in which each step has what it needs", () => {
    const section = sectionOf(local, "4. Chemin B");
    const steps = headingsOf(section).map(({ text }) => text);
    expect(steps).toEqual([
      "4.1 Préparer Twilio",
      "4.2 Préparer la base",
      "4.3 Ouvrir le tunnel",
      "4.4 Écrire le fichier .env".replace(".env", "`.env`"),
      "4.5 Démarrer, dans cet ordre",
      "4.6 Brancher le webhook",
      "4.7 Première vraie campagne",
    ]);
    const commands = codeOf(section, "sh").flatMap((code) =>
      code.split("\n").flatMap((line) => (line === "" || line.startsWith("#") ? [] : [line.trim()])),
    );
    expect(commands).toEqual([
      "ngrok config add-authtoken <votre-jeton>",
      "ngrok http 3000",
      "cp .env.example .env",
      "openssl rand -hex 32",
      "npm run db:migrate",
      "npm run admin:create -- --email vous@exemple.fr",
      "npm start",
      "npm run worker",
      "npm run doctor",
    ]);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
    for (const command of commands.filter((one) => one.startsWith("npm")))
      expect(scripts).toHaveProperty(command.replace(/^npm (run )?/, "").replace(/ .*/, ""));
  });

  test("[EX-11.3] the file with real accounts fills what .env.example leaves empty, and nothing that demands more", () => {
    const [, real] = codeOf(local, "env").map((code) => parseEnv(code)) as [EnvSource, EnvSource];
    const example = parseEnv(readFileSync(".env.example", "utf8"));
    const authority = newFile();
    const placed = Object.fromEntries(
      Object.entries(real).map(([name, value]) => [name, value?.replace("prod-ca-2021.crt", authority)]),
    );
    for (const purpose of ["web", "worker"] as const) {
      expect(readEnv(placed, { for: purpose })).toMatchObject({ port: 3000, sendIntervalMs: 3000 });
      // each value that is asked for is asked for: without it the process does not start
      for (const name of required) {
        expect(example[name] || real[name], name).toBeTruthy();
        expect(() => readEnv({ ...placed, [name]: "" }, { for: purpose }), name).toThrow(name);
      }
    }
    // by default what the example says by default
    for (const [name, value] of Object.entries(example))
      if (value !== "" && name in real) expect(real[name], name).toBe(value);
    const port = (name: string) => new URL(real[name] ?? "").port;
    expect([port("DATABASE_URL"), port("DATABASE_DIRECT_URL")]).toEqual(["6543", "5432"]);
    expect(sectionOf(local, "4.2 Préparer")).toMatch(/transaction pooler »\*\* \(port 6543\)/);
  });

  test("[EX-11.4] opens the tunnel with ngrok and leads to the values of the webhook", () => {
    const commands = codeOf(sectionOf(local, "4.3 Ouvrir"), "sh").join();
    expect(commands).toContain("ngrok config add-authtoken");
    expect(commands).toContain(`ngrok http ${envSchema.shape.PORT.parse(undefined)}`);
    expect(sectionOf(local, "4.6 Brancher")).toContain(`<TWILIO_WEBHOOK_BASE_URL>${webhookPath}`);
    expect(localLinks).toContain(
      "Configuration_Twilio_WhatsApp_Sandbox_2025.md#72-les-valeurs-à-coller-dans-la-console",
    );
  });

  test("[EX-11.5] starts in an order that works: tables, account, web server, worker", () => {
    const section = sectionOf(local, "4.5 Démarrer");
    const commands = codeOf(section, "sh").join("").trim().split("\n");
    expect(commands.map((command) => command.replace(/ -- .*/, ""))).toEqual([
      "npm run db:migrate",
      "npm run admin:create",
      "npm start",
      "npm run worker",
    ]);
    const signs = rowsOf(section).flatMap(([, , sign = ""]) => inlineCodeOf(sign));
    expect(signs).toHaveLength(4);
    for (const sign of signs) expectPrinted(sign);
  });

  test("[EX-11.6] leads to a first message sent and answered, without a telephone and with one", () => {
    const demo = sectionOf(local, "3. Chemin A");
    expect(demo).toContain(demoAdmin.email);
    expect(demo).toContain(demoAdmin.password);
    const answer = JSON.stringify({ phone: demoNumbers[0], text: "Oui" }).replaceAll('"', '\\"');
    expect(demo).toContain(`-d "${answer}" http://127.0.0.1:4010/_sim/inbound`);
    for (const section of ["3.2 Première", "4.7 Première"]) {
      expect(sectionOf(local, section)).toMatch(/Message 2/);
      for (const label of labelsIn(sectionOf(local, section))) expectShown(label);
    }
    expect(codeOf(sectionOf(local, "5. Tester"), "sh")).toEqual([
      "npm test\n",
      "# demande un compte Twilio\nTWILIO_LIVE_TEST=1 npm run test:unit -- twilio-live\n",
    ]);
  });

  test("what the demo prints is what it shows", () => {
    const [shown = ""] = codeOf(sectionOf(local, "3.1 Démarrer"), "text");
    const labels = [...shown.matchAll(/^ {2}\S+(?: \S+)* {2,}/gm)].map(([label]) => label);
    expect(labels.map((label) => label.trim())).toEqual([
      "Adresse",
      "E-mail",
      "Mot de passe",
      "Téléphones",
      "Base",
    ]);
    for (const label of labels) expect(printed.includes(label), label).toBe(true);
  });

  test("the problems it lists are written as they are printed or shown", () => {
    const section = sectionOf(local, "6. Problèmes courants");
    const messages = rowsOf(section).flatMap(([first = ""]) => inlineCodeOf(first));
    expect(messages.length).toBeGreaterThan(25);
    for (const message of messages) expectPrinted(message);
  });
});

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "relance-guides-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "authority.crt");
  writeFileSync(file, "");
  return file;
}

/** What no process starts without. */
const required = Object.entries(envSchema.shape)
  .filter(([, schema]) => !schema.safeParse(undefined).success)
  .map(([name]) => name);

function complete() {
  return {
    DATABASE_URL: "postgres://relance:pw@127.0.0.1:5432/relance",
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "0123456789abcdef0123456789abcdef",
    TWILIO_SANDBOX_NUMBER: number,
    TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org",
    SESSION_SECRET: "a-session-secret-of-32-characters",
  };
}

/** What a sentence in bold names: buttons, headings and menus, one after the other. */
function labelsIn(section: string): string[] {
  return [...section.matchAll(/\*\*([^*]+)\*\*/g)]
    .flatMap(([, bold = ""]) => bold.split("→"))
    .map((label) => label.trim())
    .filter((label) => !["Message 2", "Répondez depuis le téléphone"].includes(label));
}

/** The source of a folder as one text, strings broken over several lines joined again. */
function sourceOf(...folders: string[]): string {
  return plain(
    folders
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
      )
      .filter((file) => /(?<!\.test)\.(ts|tsx|mjs)$/.test(file))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n")
      .replace(/["'`] \+\s*["'`]/g, ""),
  );
}

const printed = sourceOf("scripts", "server", "db", "jobs", "app/i18n");

/** `…` stands for what varies. */
function expectPrinted(message: string): void {
  const parts = plain(message)
    .split("…")
    .map((part) => part.replace(/^[\s()]+|[\s()]+$/g, ""))
    .filter((part) => part.length > 3);
  expect(parts.length, message).toBeGreaterThan(0);
  for (const part of parts) expect(printed.includes(part), `« ${part} » of « ${message} »`).toBe(true);
}

function expectShown(label: string): void {
  const seeded = readFileSync("db/seed/demo.ts", "utf8");
  expect(printed.includes(`"${label}"`) || seeded.includes(`"${label}"`), `« ${label} » is on no page`).toBe(
    true,
  );
}
