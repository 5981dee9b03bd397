// `npm run restore fichier`: a backup into the empty database of DATABASE_URL, else into the embedded one.
import { BackupRefused } from "#db/backup/format.ts";
import { restore } from "#db/backup/restore.ts";
import { EmbeddedError } from "#db/embedded/error.ts";
import { openOwnDatabase } from "#scripts/lib/own-database.ts";

const file = process.argv[3];
if (!file) {
  console.error("Usage : npm run restore fichier");
  process.exit(1);
}

try {
  const database = await openOwnDatabase();
  try {
    console.log(`Restauration de ${file}…`);
    const { createdAt, rows } = await restore(database.url, file);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    console.log(`${total} lignes restaurées, telles qu'elles étaient le ${createdAt}.`);
    console.log(
      "Les campagnes en cours reprennent dès qu'un worker démarre sur cette base : l'ancienne ne doit plus en avoir.",
    );
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(`La restauration n'a pas été faite : ${reasonOf(error)}`);
  process.exitCode = 1;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  if (error instanceof BackupRefused || error instanceof EmbeddedError) return message;
  return code === "ENOENT" ? `${file} n'existe pas.` : message;
}
