// The whole application on this machine against the Twilio simulator: what demo, dev and the browser tests run.
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { type Child, startChild } from "#scripts/lib/children.ts";
import { freePort } from "#scripts/lib/ports.ts";
import { waitUntilReady } from "#scripts/lib/wait-until-ready.ts";
import { envSchema } from "#server/env-schema.ts";

export type LocalStackOptions = {
  databaseUrl: string;
  sessionSecret: string;
  /** taken if free, else others */
  ports: { web: number; simulator: number };
  onLine: (line: string, process: string) => void;
  /** the web server compiles the application itself and reloads what changes */
  dev?: boolean;
  /** over those of the stack; also the simulator's SIMULATOR_* */
  env?: Record<string, string>;
  /** with the simulator's address, before the worker may send anything */
  beforeWorker?: (simulatorUrl: string) => Promise<void>;
};

export type LocalStack = {
  webUrl: string;
  simulatorUrl: string;
  web: Child;
  simulator: Child;
  worker: () => Child;
  /** ends the worker, if it still runs, and starts another */
  restartWorker: () => Promise<void>;
  /** resolves with the name of the first process that ended by itself */
  broken: Promise<string>;
  stop: () => Promise<void>;
};

/** Starts simulator, web server and worker on a migrated database; resolves when the pages can be visited. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { dev = false, onLine } = options;
  const webPort = await freePort(options.ports.web);
  const simulatorPort = await freePort(options.ports.simulator, [webPort]);
  const webUrl = `http://127.0.0.1:${webPort}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const env = { ...localEnv(options, { webUrl, webPort, simulatorUrl }), ...options.env };

  const toEnd = new Set<Child>();
  let reportBroken: (name: string) => void = () => {};
  const broken = new Promise<string>((resolve) => {
    reportBroken = resolve;
  });
  const start = (name: string, command: string[], extra: Record<string, string> = {}) => {
    const child = startChild({ name, command, env: { ...env, ...extra }, onLine });
    void child.ended.then(() => toEnd.has(child) || reportBroken(name));
    return child;
  };
  const end = (child: Child) => {
    toEnd.add(child);
    return child.stop();
  };

  const simulator = start("simulator", ["simulator"], {
    SIMULATOR_PORT: String(simulatorPort),
    SIMULATOR_INBOUND_WEBHOOK_URL: `${webUrl}/api/webhooks/twilio`,
  });
  const web = start("web", dev ? ["start", "--dev"] : ["start"]);
  let worker: Child | null = null;

  let stopping = false;
  const stop = async () => {
    stopping = true;
    if (worker) await end(worker);
    await end(web);
    await end(simulator);
  };
  try {
    await waitUntilReady(`${simulatorUrl}/_sim/clock`, simulator);
    await options.beforeWorker?.(simulatorUrl);
    worker = start("worker", ["worker"]);
    await waitUntilReady(`${webUrl}/readyz`, web);
  } catch (error) {
    await stop();
    throw error;
  }
  let running: Child = worker;
  const restartWorker = async () => {
    await end(running);
    if (!stopping) worker = running = start("worker", ["worker"]);
  };
  return { webUrl, simulatorUrl, web, simulator, worker: () => running, restartWorker, broken, stop };
}

export type Addresses = { webUrl: string; webPort: number; simulatorUrl: string };

/** Complete on purpose: nothing of the user's own Twilio account may reach these processes. */
export function localEnv(
  options: Pick<LocalStackOptions, "databaseUrl" | "sessionSecret" | "dev">,
  { webUrl, webPort, simulatorUrl }: Addresses,
): Record<string, string> {
  const unset = Object.fromEntries(Object.keys(envSchema.shape).map((name) => [name, ""]));
  return {
    ...unset,
    NODE_ENV: options.dev ? "development" : "production",
    DATABASE_URL: options.databaseUrl,
    TWILIO_ACCOUNT_SID: `AC${"5".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "simulated-auth-token-of-the-demo",
    TWILIO_SANDBOX_NUMBER: "+14155238886",
    TWILIO_SANDBOX_JOIN_CODE: "bright-tiger",
    TWILIO_WEBHOOK_BASE_URL: webUrl,
    TWILIO_DEFAULT_CONTENT_SID: DEFAULT_CONTENT_SID,
    TWILIO_API_BASE_URL: simulatorUrl,
    SESSION_SECRET: options.sessionSecret,
    PORT: String(webPort),
  };
}
