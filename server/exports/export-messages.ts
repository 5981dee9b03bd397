import { and, desc, eq, lt } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import type { ExportMessagesInput } from "#server/domain/inputs.ts";
import { batchSize, nextOf } from "#server/exports/batch.ts";
import { outcomeColumns, recipientNumber } from "#server/exports/columns.ts";
import type { MessageBatch } from "#server/exports/views.ts";
import { visibleMessages } from "#server/messages/queries.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** The next of the user's messages, the newest first; `after`: the last id of the batch before. */
export async function exportMessages(
  db: Executor,
  { user, status, campaignId, errorCode, after }: ExportMessagesInput & { user: SignedInUser },
): Promise<MessageBatch> {
  const rows = await db
    .select({
      id: messages.id,
      campaign: campaigns.name,
      type: messages.messageType,
      number: recipientNumber,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      content: messages.content,
      createdAt: messages.createdAt,
      ...outcomeColumns,
    })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .leftJoin(campaigns, eq(campaigns.id, messages.campaignId))
    .where(
      and(
        visibleMessages(user),
        status ? eq(messages.status, status) : undefined,
        campaignId ? eq(messages.campaignId, campaignId) : undefined,
        errorCode ? eq(messages.errorCode, errorCode) : undefined,
        after ? lt(messages.id, after) : undefined,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(batchSize);
  return { rows, next: nextOf(rows) };
}
