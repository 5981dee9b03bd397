// Runs once before all database tests: the server is up and the template is built.
import type { TestProject } from "vitest/node";
import { ensureTemplate } from "#db/testing/template-database.ts";
import { openTestServer } from "#db/testing/test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    testServer: { serverUrl: string; run: number; template: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { serverUrl, sql, run, close } = await openTestServer();
  const template = await ensureTemplate(serverUrl, sql);
  project.provide("testServer", { serverUrl, run, template });
  return close;
}
