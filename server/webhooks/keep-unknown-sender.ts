import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { interactions } from "#db/schema/messages.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import { keywordOf } from "#server/domain/opt-out.ts";
import type { InboundHit } from "#server/twilio/webhook-inputs.ts";

/**
 * Keeps what somebody outside the contacts wrote, instead of dropping it; the super admin sees it. `duplicate` for what is
 * kept already, as an answer too: its contact may have been deleted since.
 */
export async function keepUnknownSender(
  tx: Transaction,
  hit: InboundHit,
): Promise<"unknown_sender" | "duplicate"> {
  const [answer] = await tx
    .select({ id: interactions.id })
    .from(interactions)
    .where(eq(interactions.inboundSid, hit.sid));
  if (answer) return "duplicate";
  const [sender] = await tx
    .insert(unknownSenders)
    .values({ address: hit.from, profileName: hit.profileName, externalUserId: hit.externalUserId })
    .onConflictDoUpdate({
      target: unknownSenders.address,
      set: {
        lastSeenAt: sql`now()`,
        // the contact they once became has been deleted, or has another number now
        contactId: null,
        profileName: sql`coalesce(excluded.profile_name, ${unknownSenders.profileName})`,
        externalUserId: sql`coalesce(excluded.external_user_id, ${unknownSenders.externalUserId})`,
      },
    })
    .returning({ id: unknownSenders.id });
  if (!sender) throw new Error("the unknown sender was not stored");
  const stored = await tx
    .insert(unknownSenderMessages)
    .values({
      unknownSenderId: sender.id,
      inboundSid: hit.sid,
      content: hit.body,
      details: hit.details,
      receivedAt: sql`coalesce(${hit.receivedAt}::timestamptz, now())`,
    })
    .onConflictDoNothing({ target: unknownSenderMessages.inboundSid })
    .returning({ id: unknownSenderMessages.id });
  if (stored.length === 0) return "duplicate";
  await heed(tx, sender.id, hit);
  return "unknown_sender";
}

/** As of when it was said, as a contact's wish is: a late START takes back no later STOP. */
async function heed(tx: Transaction, id: number, hit: InboundHit): Promise<void> {
  const wish = keywordOf(hit.body);
  if (wish !== "stop" && wish !== "start") return;
  const said = sql`coalesce(${hit.receivedAt}::timestamptz, now())`;
  const { optedOutAt } = unknownSenders;
  await tx
    .update(unknownSenders)
    .set({
      optedOutAt:
        wish === "stop"
          ? sql`greatest(${optedOutAt}, ${said})`
          : sql`case when ${optedOutAt} > ${said} then ${optedOutAt} end`,
    })
    .where(eq(unknownSenders.id, id));
}
