import { desc, eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { idArray } from "#server/contacts/choose-contacts.ts";
import { batchSize, nextOf } from "#server/exports/batch.ts";
import { outcomeColumns, recipientNumber } from "#server/exports/columns.ts";
import type { MessageBatch } from "#server/exports/views.ts";
import { type HistoryQuery, scopeOf } from "#server/messages/history-scope.ts";
import { findIds, termsOf } from "#server/messages/history-search.ts";

/** The next messages that the history shows (`listHistory`), the newest first; `after`: the last id of the batch before. */
export async function exportMessages(
  db: Executor,
  { after, ...query }: HistoryQuery & { after: number },
): Promise<MessageBatch> {
  const scope = await scopeOf(db, query);
  const terms = query.search ? await termsOf(db, query.search) : null;
  const ids = await findIds(db, scope, { terms, limit: batchSize, beyond: after || null, ascending: false });
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
    .where(sql`${messages.id} = any(${idArray(ids)})`)
    .orderBy(desc(messages.id));
  return { rows, next: nextOf(rows) };
}
