import { startStack } from "#e2e/stack.ts";

/** The addresses reach the tests through the environment: E2E_WEB_URL, E2E_SIMULATOR_URL, E2E_DATABASE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const { webUrl, simulatorUrl, databaseUrl, stop } = await startStack();
  process.env.E2E_WEB_URL = webUrl;
  process.env.E2E_SIMULATOR_URL = simulatorUrl;
  process.env.E2E_DATABASE_URL = databaseUrl;
  return stop;
}
