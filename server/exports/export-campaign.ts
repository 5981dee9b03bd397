import { and, asc, eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { requireCampaign } from "#server/campaigns/queries.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";
import { batchSize, nextOf } from "#server/exports/batch.ts";
import { outcomeColumns, recipientNumber } from "#server/exports/columns.ts";
import type { RecipientBatch } from "#server/exports/views.ts";
import { campaignOrder } from "#server/messages/queries.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type CampaignExport = { user: SignedInUser; id: number; after: number };

const answers = sql`from interactions i where i.contact_id = ${messages.contactId}
  and i.campaign_id = ${messages.campaignId} and i.interaction_type in ('reply', 'reaction')`;

/** The next recipients of a campaign with what became of their messages. AppError campaign.not_found. */
export async function exportCampaign(
  db: Executor,
  { user, id, after }: CampaignExport,
): Promise<RecipientBatch> {
  await requireCampaign(db, { user, id });
  const list = campaignOrder(id);
  const found = await db
    .select({
      id: messages.id,
      number: recipientNumber,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      ...outcomeColumns,
      answers: sql<number>`(select count(*)::int ${answers})`,
      firstAnswerAt: sql<Date | null>`(select min(i.received_at) ${answers})`.mapWith(
        interactions.receivedAt,
      ),
      lastAnswer: sql<
        string | null
      >`(select i.content ${answers} order by i.received_at desc, i.id desc limit 1)`,
      messageTwo: sql<MessageStatus | null>`(select coalesce(two.status, 'pending') from messages two
        where two.contact_id = ${messages.contactId} and two.campaign_id = ${messages.campaignId}
          and two.message_type = 'message_2' order by two.id desc limit 1)`,
    })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .where(and(list.between(after, false), eq(messages.messageType, "message_1")))
    .orderBy(...list.columns.map((column) => asc(column)))
    .limit(batchSize);
  return { rows: found.map(({ id: _, ...row }) => row), next: nextOf(found) };
}
