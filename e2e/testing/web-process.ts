// A real web server as a process of its own, with the webhook and no pages. The environment says the rest.
import { readEnv } from "#server/env.ts";
import { closeOnSignal } from "#server/http/shutdown.ts";
import { createLog } from "#server/log.ts";
import { startTestWeb } from "#server/testing/web.ts";

const { TWILIO_WEBHOOK_BASE_URL: publicUrl } = process.env;
const env = readEnv(process.env, { for: "web" });
const web = await startTestWeb(env.databaseUrl, {
  env: { TWILIO_AUTH_TOKEN: env.twilioAuthToken, ...(publicUrl && { TWILIO_WEBHOOK_BASE_URL: publicUrl }) },
});
closeOnSignal(web.close, createLog({ process: "web", production: true, level: "fatal" }));
process.send?.(web.url);
// Whoever started it is gone: nobody would end it.
process.on("disconnect", () => process.exit(1));
