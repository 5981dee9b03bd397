import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { type CommandInput, commandCampaign } from "#server/campaigns/change-status.ts";
import { enqueue } from "#server/queue/enqueue.ts";

/** Lets a paused campaign go on where it stopped. Rows taken over without a due time stay as they are. */
export async function resumeCampaign(db: Database, input: CommandInput): Promise<void> {
  await commandCampaign(db, input, "resume", async (tx) => {
    const due = await queryRows<{ sender_id: number }>(
      tx,
      sql`
      select sender_id from messages
      where campaign_id = ${input.campaignId} and status = 'pending' and next_attempt_at is not null limit 1`,
    );
    for (const { sender_id: senderId } of due) await enqueue(tx, "drain_sender", { senderId });
  });
}
