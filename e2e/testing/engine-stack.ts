// Simulator, webhook and worker together, in one process: what engine tests run against.
import type { Database } from "#db/client.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { startSimulator } from "#e2e/twilio-simulator/server.ts";
import type { SettingsPatch } from "#e2e/twilio-simulator/settings.ts";
import type { Env } from "#server/env.ts";
import { makeEnv, makeLog, testContentSid, testVariables } from "#server/testing/factories.ts";
import { startWebhookServer } from "#server/testing/webhook-server.ts";

export type EngineStack = {
  env: Env;
  /** the environment of the worker, for tests that start it as a process */
  variables: Record<string, string>;
  log: ReturnType<typeof makeLog>;
  twilio: ReturnType<typeof simulatorClient>;
  close: () => Promise<void>;
};

/** Starts Twilio's stand-in and our webhook, and knows the environment in which a worker reaches both. */
export async function startEngineStack(
  { db, url }: { db: Database; url: string },
  options: { env?: Record<string, string>; simulator?: SettingsPatch } = {},
): Promise<EngineStack> {
  const log = makeLog();
  let env: Env | undefined;
  const webhook = await startWebhookServer(() => ({ db, env: env as Env, log }));
  const simulator = await startSimulator({
    minIntervalMs: 0,
    timeScale: 0,
    autoJoin: "all",
    inboundWebhookUrl: `${webhook.url}/api/webhooks/twilio`,
    ...options.simulator,
  });
  const variables = {
    ...testVariables,
    DATABASE_URL: url,
    TWILIO_API_BASE_URL: simulator.url,
    TWILIO_WEBHOOK_BASE_URL: webhook.url,
    SEND_INTERVAL_MS: "1",
    ...options.env,
  };
  env = makeEnv(variables);
  const twilio = simulatorClient(simulator.url);
  await twilio.putContent({
    sid: testContentSid,
    friendlyName: "code",
    types: { "twilio/text": { body: "Your {{1}} code is {{2}}" } },
  });
  return {
    env,
    variables,
    log,
    twilio,
    close: async () => {
      await simulator.close();
      await webhook.close();
    },
  };
}
