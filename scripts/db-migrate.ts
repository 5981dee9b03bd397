// `npm run db:migrate`: brings DATABASE_URL to the current schema, be it empty, ours or the previous system's.
// `npm run db:migrate -- --dry-run` tells what it would do, and changes nothing.
import { migrate } from "#db/migrate.ts";
import { DatabaseRefused } from "#db/takeover/recognise.ts";
import { tellMigration } from "#scripts/lib/tell-migration.ts";
import { loadEnvOrExit } from "#server/env.ts";

const dryRun = process.argv.slice(3).includes("--dry-run");
const { databaseDirectUrl } = loadEnvOrExit({ for: "migrate" });
const { host, pathname } = new URL(databaseDirectUrl);

console.log(`Migration de ${host}${pathname}${dryRun ? " (à blanc : rien ne sera changé)" : ""}…`);
try {
  console.log(tellMigration(await migrate(databaseDirectUrl, { dryRun }), { dryRun }));
} catch (error) {
  console.error(reasonOf(error as Error & { code?: string }));
  process.exitCode = 1;
}

function reasonOf(error: Error & { code?: string }): string {
  if (error instanceof DatabaseRefused) return error.message;
  if (error.code === "55P03") {
    return (
      "La migration a renoncé, rien n'a été changé : une autre connexion garde une table verrouillée. Arrêtez " +
      "l'ancien système et ce qui lit cette base, puis recommencez."
    );
  }
  return `La migration a échoué, rien n'a été changé : ${error.message}`;
}
