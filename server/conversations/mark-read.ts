// The marker is the contact's and not each user's (docs/decisions/0007).
import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { requireConversation } from "#server/conversations/require-conversation.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Reading = { user: SignedInUser; id: number; upTo: number };

/**
 * What the contact wrote up to the message `upTo` has been read; what came meanwhile has not. AppError contact.not_found.
 */
export async function markRead(db: Executor, { user, id, upTo }: Reading): Promise<void> {
  await requireConversation(db, { user, id });
  await db
    .update(contacts)
    .set({
      inboundReadAt: sql`greatest(${contacts.inboundReadAt}, (
        select i.received_at at time zone 'UTC' from interactions i where i.id = ${upTo}::int and i.contact_id = ${id}::int))`,
    })
    .where(eq(contacts.id, id));
}
