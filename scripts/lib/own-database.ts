// The database a person means who names none: that of DATABASE_URL, else the embedded one of demo and development.
import { startEmbedded } from "#db/embedded.ts";
import { loadDotEnv, loadEnvOrExit } from "#server/env.ts";

export type OwnDatabase = {
  /** a direct address */
  url: string;
  embedded: boolean;
  /** leaves it running if it ran before */
  close: () => Promise<void>;
};

/** Throws an EmbeddedError, with the cure, where the embedded one cannot be started. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  if (loadDotEnv(".env").DATABASE_URL) {
    const { databaseDirectUrl } = loadEnvOrExit({ for: "migrate" });
    return { url: databaseDirectUrl, embedded: false, close: async () => {} };
  }
  const server = await startEmbedded({ dir: ".data/postgres", database: "relance" });
  const close = async () => {
    if (server.started) await server.stop();
  };
  return { url: server.url, embedded: true, close };
}
