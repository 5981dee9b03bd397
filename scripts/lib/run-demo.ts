// The common part of `npm run demo` and `npm run dev`: database, demo story, processes, sign-in, a clean end.
import { mkdirSync } from "node:fs";
import postgres from "postgres";
import { connect } from "#db/client.ts";
import { EmbeddedError } from "#db/embedded/error.ts";
import { migrate } from "#db/migrate.ts";
import { demoAdmin, seedDemo } from "#db/seed/demo.ts";
import { DatabaseRefused } from "#db/takeover/recognise.ts";
import { secured } from "#db/tls.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { stopOnSignal } from "#scripts/lib/children.ts";
import { DemoRefusal, openDemoDatabase } from "#scripts/lib/demo-database.ts";
import { type LocalStack, startLocalStack } from "#scripts/lib/local-stack.ts";
import { rememberedSecret } from "#scripts/lib/secret-file.ts";

/** More than a person looks through; those who joined come first. */
const phonesOfDemo = 1000;

type RunOptions = {
  dev: boolean;
  reset: boolean;
  onLine: (line: string, process: string) => void;
  /** when everything runs */
  onReady: (stack: LocalStack) => void;
  /** shown under the sign-in */
  notes: readonly string[];
};

/** Runs the demo until Ctrl-C or until one of its processes breaks, then ends everything it started. */
export async function runDemo({ dev, reset, onLine, onReady, notes }: RunOptions): Promise<void> {
  const ends: (() => Promise<void>)[] = [];
  const endAll = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const exit = async (code: number) => {
    await endAll().catch((error) => console.error(error));
    process.exit(code);
  };
  stopOnSignal(async () => {
    console.log("\nArrêt…");
    await exit(0);
  });

  try {
    mkdirSync(".data", { recursive: true });
    console.log("Base de données…");
    const database = await openDemoDatabase({ reset });
    ends.push(database.close);
    await migrate(database.url);
    await seed(database.url);

    console.log("Simulateur Twilio, serveur web et worker…");
    const stack = await startLocalStack({
      databaseUrl: database.url,
      sessionSecret: rememberedSecret(".data/session-secret"),
      ports: { web: portOf("PORT", 3000), simulator: portOf("SIMULATOR_PORT", 4010) },
      onLine,
      dev,
      env: { SEND_INTERVAL_MS: process.env.SEND_INTERVAL_MS ?? "" },
      // a campaign that was on its way at Ctrl-C goes on as soon as there is a worker
      beforeWorker: (simulatorUrl) => giveContactsPhones(database.url, simulatorUrl),
    });
    ends.push(stack.stop);
    onReady(stack);
    console.log(welcome(stack, database.description, notes));

    console.error(`« ${await stack.broken} » s'est arrêté : tout est arrêté.`);
    await exit(1);
  } catch (error) {
    const expected = [DemoRefusal, EmbeddedError, DatabaseRefused].some((known) => error instanceof known);
    console.error(expected ? (error as Error).message : error);
    await exit(1);
  }
}

async function seed(url: string): Promise<void> {
  const { db, close } = connect(url, { max: 2 });
  try {
    await seedDemo(db);
  } finally {
    await close();
  }
}

/** The simulator forgets whose phones there are and who joined when it stops; the database does not. */
async function giveContactsPhones(url: string, simulatorUrl: string): Promise<void> {
  const simulator = simulatorClient(simulatorUrl);
  const { url: address, ssl } = secured(url);
  const sql = postgres(address, { ssl, max: 1 });
  try {
    const people = await sql<{ number: string; name: string; joined: boolean }[]>`
      select full_number as number, concat_ws(' ', first_name, last_name) as name,
        sandbox_joined_at is not null
          and (sandbox_left_at is null or sandbox_left_at < sandbox_joined_at) as joined
      from contacts where deleted_at is null
      order by sandbox_joined_at is null, id limit ${phonesOfDemo}`;
    // the page lists who did something last, first: the first contact joins last
    for (const { number, name, joined } of people.toReversed()) {
      await simulator.updatePhone(number, name ? { profileName: name } : {});
      if (joined) await simulator.join(number);
    }
  } finally {
    await sql.end();
  }
}

function portOf(name: string, preferred: number): number {
  return Number(process.env[name]) || preferred;
}

function welcome({ webUrl, simulatorUrl }: LocalStack, database: string, notes: readonly string[]): string {
  return [
    "",
    "Relance est prête.",
    "",
    `  Adresse        ${webUrl.replace("127.0.0.1", "localhost")}`,
    `  E-mail         ${demoAdmin.email}`,
    `  Mot de passe   ${demoAdmin.password}`,
    "",
    `  Téléphones     ${simulatorUrl.replace("127.0.0.1", "localhost")}/phone (rien ne part vers le vrai Twilio)`,
    `  Base           ${database}`,
    "",
    "  Une fois la campagne lancée, répondez avec le téléphone d'Élodie : le Message 2 lui part tout seul.",
    "",
    ...notes.map((note) => `  ${note}`),
    "",
  ].join("\n");
}
