import { and, eq, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** A reply to one of the user's contacts, whoever wrote it. AppError `message.not_found`. */
export async function findReply(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<typeof messages.$inferSelect & { contactId: number }> {
  const [found] = await db
    .select({ message: messages, contactId: contacts.id })
    .from(messages)
    .innerJoin(contacts, eq(contacts.id, messages.contactId))
    .where(
      and(
        eq(messages.id, id),
        eq(messages.messageType, "reply"),
        isNull(contacts.deletedAt),
        ownedBy(user, contacts.createdBy),
      ),
    );
  if (!found) throw new AppError("message.not_found");
  return { ...found.message, contactId: found.contactId };
}
