import type { Log } from "#server/log.ts";

/** At the first SIGTERM or SIGINT: `close`, then exit code 0 (1 if that fails). A second signal does not wait. */
export function closeOnSignal(close: () => Promise<void>, log: Log): void {
  let closing = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      log.info({ signal }, "web server stops");
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "web server did not stop cleanly");
          process.exit(1);
        },
      );
    });
  }
}
