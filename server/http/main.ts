// The entry point of `npm start` and of the web server of `npm run dev`.
import { loadEnvOrExit } from "#server/env.ts";
import { closeOnSignal } from "#server/http/shutdown.ts";
import { startWeb } from "#server/http/start-web.ts";
import { createLog } from "#server/log.ts";

/** Runs the web server until a signal; a bad configuration or a port in use ends the process with code 1. */
export async function runWeb({ dev }: { dev: boolean }): Promise<void> {
  const env = loadEnvOrExit({ for: "web" });
  const log = createLog({ process: "web", production: env.production });
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "web server broke");
    process.exit(1);
  });
  try {
    const { close } = await startWeb({ env, log, dev });
    closeOnSignal(close, log);
  } catch (error) {
    log.fatal({ err: error, port: env.port }, "web server could not start");
    process.exit(1);
  }
}
