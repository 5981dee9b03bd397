import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";

/** Ends a campaign: whatever still waits is cancelled; what is at Twilio already takes its course and is recorded. */
export async function cancelCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "cancel", async (tx) => {
    await tx.execute(sql`
      with cancelled as (
        update messages set status = 'cancelled', next_attempt_at = null, next_check_at = null
        where campaign_id = ${input.campaignId} and status = 'pending'
        returning id)
      insert into message_events (message_id, type, from_status, to_status)
      select id, 'cancel', 'pending', 'cancelled' from cancelled`);
  });
}
