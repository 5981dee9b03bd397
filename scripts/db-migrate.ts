// `npm run db:migrate`: brings DATABASE_URL to the current schema, be it empty, ours or the previous system's.
// `npm run db:migrate -- --dry-run` tells what it would do, and changes nothing.
import { migrate } from "#db/migrate.ts";
import { tellFailure } from "#scripts/lib/tell-failure.ts";
import { tellMigration } from "#scripts/lib/tell-migration.ts";
import { loadEnvOrExit } from "#server/env.ts";

const dryRun = process.argv.slice(3).includes("--dry-run");
const { databaseDirectUrl, tzDisplay } = loadEnvOrExit({ for: "migrate" });
const { host, pathname } = new URL(databaseDirectUrl);

console.log(`Migration de ${host}${pathname}${dryRun ? " (à blanc : rien ne sera changé)" : ""}…`);
try {
  const report = await migrate(databaseDirectUrl, { dryRun, timeZone: tzDisplay });
  console.log(tellMigration(report, { dryRun }));
} catch (error) {
  console.error(tellFailure(error as Error));
  process.exitCode = 1;
}
