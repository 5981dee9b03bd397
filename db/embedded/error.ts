/** Why the embedded PostgreSQL cannot be used here: a French text with the cure, for the person at the terminal. */
export class EmbeddedError extends Error {
  override name = "EmbeddedError";
}

/** Runs `work` on the files of `dir`; what the system refuses becomes an EmbeddedError that names the folder. */
export async function tellUnusable<Result>(dir: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EmbeddedError) throw cause;
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new EmbeddedError(
      `PostgreSQL embarqué : le dossier ${dir} n'est pas utilisable (${stderr?.trim() || message}). Il doit appartenir ` +
        "à l'utilisateur qui lance la commande, et le disque avoir 200 Mo libres. Supprimez ce dossier s'il ne contient " +
        "rien d'utile, rendez-le à cet utilisateur (chown -R), ou indiquez une base par DATABASE_URL.",
      { cause },
    );
  }
}
