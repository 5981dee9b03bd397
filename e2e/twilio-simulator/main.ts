// The simulator as a process of its own, configured by the environment of the application it stands in for.
import { z } from "zod";
import { startSimulator } from "./server.ts";

const env = process.env;
const given = (name: string) => env[name]?.trim() || undefined;
const givenNumber = (name: string) => {
  const text = given(name);
  return text === undefined ? undefined : Number(text);
};

try {
  const simulator = await startSimulator({
    port: givenNumber("SIMULATOR_PORT") ?? 4010,
    accountSid: given("TWILIO_ACCOUNT_SID"),
    authToken: given("TWILIO_AUTH_TOKEN"),
    sandboxNumber: given("TWILIO_SANDBOX_NUMBER"),
    joinCode: given("TWILIO_SANDBOX_JOIN_CODE"),
    inboundWebhookUrl: given("SIMULATOR_INBOUND_WEBHOOK_URL"),
    minIntervalMs: givenNumber("SIMULATOR_MIN_INTERVAL_MS"),
  });
  console.log(`Twilio simulator listening on ${simulator.url}`);

  const stop = async () => {
    await simulator.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (error) {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : error;
  console.error(`Twilio simulator did not start: ${reason instanceof Error ? reason.message : reason}`);
  process.exitCode = 1;
}
