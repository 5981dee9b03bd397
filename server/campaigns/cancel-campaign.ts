import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";

/** Ends a campaign: whatever still waits is cancelled; what is at Twilio already takes its course and is recorded. */
export async function cancelCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "cancel", (tx) => cancelPending(tx, input.campaignId));
}

/** Whatever waits under the campaign, which the caller has locked. */
export async function cancelPending(tx: Transaction, campaignId: number): Promise<void> {
  await tx.execute(sql`
    with cancelled as (
      update messages set status = 'cancelled', next_attempt_at = null, next_check_at = null
      where campaign_id = ${campaignId} and status = 'pending'
      returning id)
    insert into message_events (message_id, type, from_status, to_status)
    select id, 'cancel', 'pending', 'cancelled' from cancelled`);
}
