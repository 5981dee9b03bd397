import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { c } from "#server/contacts/find-contacts.ts";
import { hasUnread } from "#server/contacts/visible-history.ts";
import type { ConversationContact } from "#server/conversations/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/**
 * The contact of a conversation. An ownerless one is every super admin's to answer. AppError `contact.not_found`.
 */
export async function requireConversation(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<ConversationContact> {
  const [contact] = await db
    .select({
      id: c.id,
      fullNumber: c.fullNumber,
      firstName: c.firstName,
      lastName: c.lastName,
      sandboxJoinedAt: c.sandboxJoinedAt,
      sandboxLeftAt: c.sandboxLeftAt,
      lastInboundAt: c.lastInboundAt,
      optedOutAt: c.optedOutAt,
      flag: c.flag,
      ownerEmail: users.email,
      isMine: sql<boolean>`coalesce(${c.createdBy} = ${user.id}::int, true)`,
      unread: sql<boolean>`coalesce(${hasUnread(user)}, false)`,
    })
    .from(c)
    .leftJoin(users, eq(users.id, c.createdBy))
    .where(and(eq(c.id, id), isNull(c.deletedAt), ownedBy(user, c.createdBy)));
  if (!contact) throw new AppError("contact.not_found");
  return contact;
}
