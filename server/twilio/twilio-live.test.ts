// The one test that asks the real Twilio: TWILIO_LIVE_TEST=1 npm run test:unit -- twilio-live, with real credentials in
// .env or the environment. It sends nothing. Otherwise it is reported as skipped.
import { expect, test } from "vitest";
import { loadDotEnv, readEnv } from "#server/env.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

test("[EX-12.1] the configured credentials are accepted by the real Twilio", async ({ skip }) => {
  skip(process.env.TWILIO_LIVE_TEST !== "1", "asks the real Twilio when TWILIO_LIVE_TEST=1");
  const source = loadDotEnv(".env", { ...process.env, RELANCE_DOTENV: undefined });
  const env = readEnv({ ...source, TWILIO_API_BASE_URL: undefined }, { for: "worker" });
  const account = await createTwilioGateway(env).fetchAccount();
  expect(account).toMatchObject({ status: "active" });
});
