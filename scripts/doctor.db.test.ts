// `npm run doctor` as a process: a healthy installation, and broken ones, each named by the check it concerns.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { emptyDatabase, type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { type EngineStack, startEngineStack } from "#e2e/testing/engine-stack.ts";
import { freePort } from "#scripts/lib/ports.ts";
import { accepted, answer, callBack, claimNext, makeSid } from "#server/testing/engine.ts";
import { makeLaunched, testContentSid } from "#server/testing/factories.ts";
import { startTransactionPooler } from "#server/testing/transaction-pooler.ts";
import { beat, registerWorker } from "#server/workers/heartbeat.ts";

const patience = 120_000;

let database: TestDatabase;
let stack: EngineStack;
let workerId: string;

/** Everything runs, and a message has arrived. */
beforeEach(async () => {
  database = await testDatabase();
  const { db } = database;
  stack = await startEngineStack(database, { simulator: { autoProgress: false } });
  onTestFinished(() => stack.close());
  workerId = randomUUID();
  await registerWorker(db, workerId);
  const beating = setInterval(() => void beat(db, workerId).catch(() => {}), 1000);
  onTestFinished(() => clearInterval(beating));
  const { senderId } = await makeLaunched(db, 1, {}, stack.env);
  const claim = { ...(await claimNext(db, senderId)), senderId };
  const sid = makeSid();
  await answer(db, claim, accepted(sid));
  await callBack(db, claim.attemptId, { sid, status: "delivered" });
});

type Ended = { code: number | null; out: string; reds: string[]; unknowns: string[] };

async function doctor(variables: Record<string, string> = {}, nodeOptions: string[] = []): Promise<Ended> {
  const env = {
    ...process.env,
    RELANCE_SUPERVISED: "yes",
    ...stack.variables,
    TWILIO_DEFAULT_CONTENT_SID: testContentSid,
    ...variables,
  };
  const child = spawn(process.execPath, [...nodeOptions, "scripts/run.mjs", "doctor"], { env });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const out = stdout.replace(/[\u00a0\u202f]/g, " ");
  expect(stderr).toBe("");
  for (const secret of ["simulator-token", "a-secret-of-the-tests", "wrong-password", "another-token"]) {
    expect(out).not.toContain(secret);
  }
  const marked = (mark: string) =>
    [...out.matchAll(new RegExp(`^ {2}${mark} (.+?) : `, "gm"))].map(([, title]) => title ?? "");
  return { code: await ended, out, reds: marked("✗"), unknowns: marked("\\?") };
}

test("[EX-12.1] a healthy installation is green from end to end and ends with 0", {
  timeout: patience,
}, async () => {
  const { code, out, reds, unknowns } = await doctor();
  expect({ code, reds, unknowns }).toEqual({ code: 0, reds: [], unknowns: [] });
  expect(out.match(/^ {2}✓ /gm)).toHaveLength(10);
  expect(out).toMatch(/Aller-retour signé par http:\/\/127\.0\.0\.1:\d+ en \d+ ms/);
  expect(out).toContain("Tout est bon");
});

type Broken = {
  /** breaks it, and says with which variables the doctor runs */
  breakIt: () => Promise<Record<string, string>>;
  reds: string[];
  /** what the line says, and its cure */
  said: RegExp;
};

const brokenSetups: Record<string, Broken> = {
  "a variable that is missing and one that is wrong": {
    breakIt: async () => ({ TWILIO_SANDBOX_NUMBER: "", SESSION_SECRET: "short-secret" }),
    reds: ["Variables de configuration"],
    said: /TWILIO_SANDBOX_NUMBER : manquante[\s\S]*SESSION_SECRET : trop courte[\s\S]*→ Corrigez le fichier \.env/,
  },
  "a token of another account": {
    breakIt: async () => ({ TWILIO_AUTH_TOKEN: "another-token" }),
    reds: ["Identifiants Twilio", "Adresse publique"],
    said: /Twilio refuse ces identifiants\.\n\s+→ Recopiez « Account SID » et « Auth Token »/,
  },
  "a trial account that takes no free text": {
    breakIt: async () => {
      await stack.twilio.settings({ accountType: "Trial" });
      await database.db.execute(sql`update messages set error_code = 21654`);
      return {};
    },
    reds: ["Type de compte Twilio"],
    said: /« Try out WhatsApp »[\s\S]*21654[\s\S]*→ Passez le compte en paiement à l’usage/,
  },
  "a sender Twilio does not know": {
    breakIt: async () => {
      await database.db.execute(
        sql`update senders set pause_reason = 'sender_not_found', pause_code = 63007, paused_at = now()`,
      );
      return {};
    },
    reds: ["Expéditeur WhatsApp"],
    said: /trois fois de suite \(63007\)\.\n\s+→ Vérifiez TWILIO_SANDBOX_NUMBER et activez le Sandbox/,
  },
  "a database that is not there": {
    breakIt: async () => ({ DATABASE_URL: "postgres://relance:wrong-password@127.0.0.1:9/relance" }),
    reds: ["Base de données"],
    said: /La base ne répond pas \(ECONNREFUSED\)\.\n\s+→ Vérifiez que PostgreSQL tourne/,
  },
  "a database that does not exist": {
    breakIt: async () => ({
      DATABASE_URL: Object.assign(new URL(database.url), { pathname: "/nowhere" }).href,
    }),
    reds: ["Base de données"],
    said: /cette base n’existe pas\.\n\s+→ Vérifiez le nom à la fin de DATABASE_URL/,
  },
  "a transaction pooler without a direct address": {
    breakIt: async () => {
      const pooler = await startTransactionPooler(database.url);
      onTestFinished(pooler.close);
      return { DATABASE_URL: pooler.url };
    },
    reds: ["Notifications de la base"],
    said: /pooler de transactions[\s\S]*→ Donnez à DATABASE_DIRECT_URL/,
  },
  "a direct address of another database": {
    breakIt: async () => ({ DATABASE_DIRECT_URL: (await testDatabase()).url }),
    reds: ["Notifications de la base"],
    said: /deux bases différentes\.\n\s+→ Donnez aux deux la même base/,
  },
  "a database nobody has migrated": {
    breakIt: async () => ({ DATABASE_URL: (await emptyDatabase()).url }),
    reds: ["Structure de la base"],
    said: /pas encore été préparée\.\n\s+→ Lancez : npm run db:migrate/,
  },
  "no worker": {
    breakIt: async () => {
      await database.db.execute(sql`delete from workers`);
      return {};
    },
    reds: ["Moteur d’envoi"],
    said: /Aucun moteur d’envoi[\s\S]*→ Lancez-le : npm run worker/,
  },
  "a public address behind which nobody is": {
    breakIt: async () => ({ TWILIO_WEBHOOK_BASE_URL: `http://127.0.0.1:${await freePort(0)}` }),
    reds: ["Adresse publique"],
    said: /Rien ne répond à http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.\n\s+→ Démarrez le serveur web/,
  },
  "a public address that leads to another installation": {
    breakIt: async () => {
      const other = await testDatabase();
      const elsewhere = await startEngineStack(other);
      onTestFinished(() => elsewhere.close());
      return { TWILIO_WEBHOOK_BASE_URL: elsewhere.variables.TWILIO_WEBHOOK_BASE_URL as string };
    },
    reds: ["Adresse publique"],
    said: /n’arrive pas dans cette base\.\n\s+→ Une autre installation répond/,
  },
};

test.each(Object.entries(brokenSetups))(
  "[EX-12.1] the doctor names %s, with its cure, and ends with 1",
  { timeout: patience },
  async (_, { breakIt, reds, said }) => {
    const ended = await doctor(await breakIt());
    expect(ended.reds, ended.out).toEqual(reds);
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(said);
  },
);

test("a clock that is an hour behind is named, and which one it is", { timeout: patience }, async () => {
  const options = ["--import", "tsx", "--import", "./e2e/testing/wrong-clock.ts"];
  const { code, reds, out } = await doctor({ TEST_CLOCK: "-3600000" }, options);
  expect({ code, reds }).toEqual({ code: 1, reds: ["Horloges"] });
  expect(out).toMatch(/L’horloge de cette machine est décalée de 60 min\.\n\s+→ Activez sa mise à l’heure/);
});

test("without any variable at all it still says everything it can", { timeout: patience }, async () => {
  const names = Object.keys(stack.variables);
  const nothing = Object.fromEntries(names.map((name) => [name, ""]));
  const origin = { TWILIO_API_BASE_URL: stack.variables.TWILIO_API_BASE_URL as string };
  const { code, reds, unknowns } = await doctor({ ...nothing, ...origin });
  expect({ code, reds }).toEqual({ code: 1, reds: ["Variables de configuration"] });
  expect(unknowns).toHaveLength(8);
});
