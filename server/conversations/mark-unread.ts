import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { requireConversation } from "#server/conversations/require-conversation.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** Puts the last message received back among what is to be read. AppError contact.not_found. */
export async function markUnread(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<void> {
  await requireConversation(db, { user, id });
  await db
    .update(contacts)
    .set({ inboundReadAt: sql`${contacts.lastInboundAt} - interval '1 microsecond'` })
    .where(eq(contacts.id, id));
}
