// `npm run backup [fichier]`: the database (DATABASE_URL, else the embedded one) in one file, as of one moment.
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { backUp } from "#db/backup/back-up.ts";
import { BackupRefused } from "#db/backup/format.ts";
import { EmbeddedError } from "#db/embedded/error.ts";
import { openOwnDatabase } from "#scripts/lib/own-database.ts";

const moment = new Date().toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
const file = process.argv[3] ?? `.data/backups/relance-${moment}.gz`;

try {
  mkdirSync(dirname(file), { recursive: true });
  const database = await openOwnDatabase();
  try {
    console.log(`Sauvegarde vers ${file}…`);
    const { rows, leftOut } = await backUp(database.url, file);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const megabytes = (statSync(file).size / 1e6).toFixed(1).replace(".", ",");
    console.log(`${total} lignes de ${Object.keys(rows).length} tables, ${megabytes} Mo.`);
    if (leftOut.length > 0)
      console.log(`Laissé de côté, parce que ce n'est pas à Relance : ${leftOut.join(", ")}`);
    console.log(`Pour la restaurer dans une base vide : npm run restore ${file}`);
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(`La sauvegarde n'a pas été faite : ${reasonOf(error)}`);
  process.exitCode = 1;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  if (error instanceof BackupRefused || error instanceof EmbeddedError) return message;
  return code === "EEXIST" ? `${file} existe déjà.` : message;
}
