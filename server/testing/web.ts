// The web server with a few pages of the tests' own instead of the built application, and the real resource routes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActionFunction, LoaderFunction, ServerBuild } from "@remix-run/node";
import * as trpcRoute from "#app/routes/api.trpc.$.ts";
import * as twilioRoute from "#app/routes/api.webhooks.twilio.ts";
import { type Pages, pagesOf } from "#server/http/pages.ts";
import { startWeb, type WebServer } from "#server/http/start-web.ts";
import { makeEnv, makeLog } from "#server/testing/factories.ts";

export type TestWeb = WebServer & { log: ReturnType<typeof makeLog> };

export type TestWebOptions = {
  /** resource routes by path */
  loaders?: Record<string, LoaderFunction>;
  routes?: Record<string, { action: ActionFunction }>;
  env?: Record<string, string>;
};

/** Starts it on any port; `/assets/known.js` exists. */
export async function startTestWeb(
  databaseUrl: string,
  { loaders = {}, routes = {}, env = {} }: TestWebOptions = {},
): Promise<TestWeb> {
  const log = makeLog();
  const folder = mkdtempSync(join(tmpdir(), "relance-client-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "known.js"), "export {};\n");
  const variables = { DATABASE_URL: databaseUrl, PORT: "0", TWILIO_WEBHOOK_BASE_URL: "http://127.0.0.1" };
  const own = Object.entries(loaders).map(([path, loader]) => [path, { loader }]);
  const pages = testPages({ ...Object.fromEntries(own), ...routes }, folder);
  const web = await startWeb({ env: makeEnv({ ...variables, ...env }), log, pages });
  const close = async () => {
    await web.close();
    rmSync(folder, { recursive: true });
  };
  return { url: web.url, close, log };
}

function testPages(own: Record<string, object>, folder: string): Pages {
  const modules: Record<string, object> = {
    "api/trpc/*": trpcRoute,
    "api/webhooks/twilio": twilioRoute,
    ...own,
  };
  const routes = Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [path, { id: path, path, module }]),
  );
  const build = {
    entry: { module: { default: () => new Response("page"), handleError: () => {} } },
    routes,
    assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "" },
    publicPath: "/",
    assetsBuildDirectory: folder,
    basename: "/",
    isSpaMode: false,
    future: { v3_singleFetch: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
  };
  return pagesOf(build as unknown as ServerBuild, folder);
}

/** The events of a stream, as they come. */
export async function* eventsOf(response: Response): AsyncGenerator<{ event: string; data: string }> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    text += read.value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield eventOf(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function eventOf(text: string): { event: string; data: string } {
  const fields = Object.fromEntries(text.split("\n").map((line) => line.split(/: ?(.*)/s, 2)));
  return { event: fields.event ?? "message", data: fields.data ?? "" };
}
