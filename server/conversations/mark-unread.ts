import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { visibleAnswer } from "#server/contacts/visible-history.ts";
import { requireConversation } from "#server/conversations/require-conversation.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** Puts the last message received that the user sees back among what is to be read. AppError contact.not_found. */
export async function markUnread(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<void> {
  await requireConversation(db, { user, id });
  await db
    .update(contacts)
    .set({
      inboundReadAt: sql`coalesce((
        select max(i.received_at) at time zone 'UTC' - interval '1 microsecond'
        from interactions i left join campaigns k on k.id = i.campaign_id
        where i.contact_id = ${id}::int and ${visibleAnswer(user, id)}), ${contacts.inboundReadAt})`,
    })
    .where(eq(contacts.id, id));
}
