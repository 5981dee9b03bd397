// `npm run db:migrate`: brings DATABASE_URL to the current schema, be it empty, ours or the previous system's.
import { migrate } from "#db/migrate.ts";
import { loadEnvOrExit } from "#server/env.ts";

const { databaseDirectUrl } = loadEnvOrExit({ for: "migrate" });
const { host, pathname } = new URL(databaseDirectUrl);

console.log(`Migration de ${host}${pathname}…`);
try {
  await migrate(databaseDirectUrl);
  console.log("La base est à jour.");
} catch (error) {
  const { cause, message } = error as Error;
  console.error(
    `La migration a échoué, rien n'a été changé par la dernière étape : ${(cause as Error)?.message ?? message}`,
  );
  process.exitCode = 1;
}
