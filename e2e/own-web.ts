// A web server of a test's own, whose database can be taken away.
import { sessionSecret } from "#e2e/stack.ts";
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { builtPages } from "#server/http/pages.ts";
import { startWeb } from "#server/http/start-web.ts";
import { makeEnv, makeLog } from "#server/testing/factories.ts";
import { type DatabaseProxy, startProxy } from "#server/testing/proxy.ts";

export type OwnWeb = {
  url: string;
  database: DatabaseProxy;
  stop: () => Promise<void>;
  /** at the same address */
  start: () => Promise<void>;
  close: () => Promise<void>;
};

/** With the sessions of all the browser tests, and by default with their database. */
export async function openOwnWeb(databaseUrl = process.env.E2E_DATABASE_URL ?? ""): Promise<OwnWeb> {
  const database = await startProxy(databaseUrl);
  const startAt = async (port: string) =>
    startWeb({
      env: makeEnv({
        DATABASE_URL: database.url,
        PORT: port,
        SESSION_SECRET: sessionSecret,
        TWILIO_WEBHOOK_BASE_URL: "http://127.0.0.1",
        // as the others have it: a web server writes it into the database they share
        TWILIO_DEFAULT_CONTENT_SID: DEFAULT_CONTENT_SID,
      }),
      log: makeLog(),
      pages: await builtPages(),
    });
  let server = await startAt("0");
  const { url } = server;
  return {
    url,
    database,
    stop: () => server.close(),
    start: async () => {
      server = await startAt(new URL(url).port);
    },
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}
