import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";
import { AppError } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";

/**
 * Lets a paused campaign go on where it stopped. AppError `campaign.taken_over` where a Message 1 of the previous system
 * waits: it may have been sent, and has no template to be sent with (engine.md 10).
 */
export async function resumeCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "resume", async (tx) => {
    const [old] = await queryRows(
      tx,
      sql`
      select from messages where campaign_id = ${input.campaignId} and message_type = 'message_1' and status = 'pending'
        and to_address is null limit 1`,
    );
    if (old) throw new AppError("campaign.taken_over");
    const due = await queryRows<{ sender_id: number }>(
      tx,
      sql`
      select sender_id from messages
      where campaign_id = ${input.campaignId} and status = 'pending' and next_attempt_at is not null limit 1`,
    );
    for (const { sender_id: senderId } of due) await enqueue(tx, "drain_sender", { senderId });
  });
}
