import type { Database } from "#db/client.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";

/** Stops a sending campaign before its next send; requests in flight finish and are recorded (engine.md 6). */
export async function pauseCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "pause", async () => {});
}
