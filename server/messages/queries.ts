// Reading messages: those of the user's campaigns, and one with its whole story.
import { and, asc, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageAttempts, messageEvents, messages } from "#db/schema/messages.ts";
import { requireCampaign } from "#server/campaigns/queries.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";
import { numberInAddress } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import { type Turn, turnPage } from "#server/lists/turn-page.ts";
import type { HistoryRow, MessageDetail, MessagePage, MessageRow } from "#server/messages/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const pageSize = 50;

type PageQuery = {
  user: SignedInUser;
  id: number;
  status?: MessageStatus | null | undefined;
} & Turn<number>;

/**
 * One page of a campaign's messages in the order they were made (`turnPage`); its tests apart.
 * AppError `campaign.not_found`.
 */
export async function listCampaignMessages(
  db: Executor,
  { user, id, status, before, after }: PageQuery,
): Promise<MessagePage> {
  await requireCampaign(db, { user, id });
  const shown = and(
    eq(messages.campaignId, id),
    sql`${messages.messageType} is distinct from 'test'`,
    status ? eq(messages.status, status) : undefined,
  );
  return turnPage(
    { after, before },
    {
      size: pageSize,
      read: async ({ from, backwards, limit }) => {
        const beyond = from === null ? undefined : (backwards ? lt : gt)(messages.id, from);
        const found = await selectMessages(db)
          .where(and(shown, beyond))
          .orderBy((backwards ? desc : asc)(messages.id))
          .limit(limit);
        return found.map(toRow);
      },
      cursorOf: (row) => row.id,
    },
  );
}

/** Messages by id, the newest first, each with its campaign. Who may see them was asked before. */
export async function messagesWithIds(db: Executor, ids: readonly number[]): Promise<HistoryRow[]> {
  if (ids.length === 0) return [];
  const found = await selectMessages(db)
    .where(inArray(messages.id, [...ids]))
    .orderBy(desc(messages.id));
  return found.map((row) => ({ ...toRow(row), campaign: row.campaign }));
}

/** One message with its attempts and events. AppError `message.not_found`. */
export async function requireMessage(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<MessageDetail> {
  const [found] = await selectMessages(db).where(and(eq(messages.id, id), visibleMessages(user)));
  if (!found) throw new AppError("message.not_found");
  const attempts = await db
    .select()
    .from(messageAttempts)
    .where(eq(messageAttempts.messageId, id))
    .orderBy(desc(messageAttempts.number));
  const events = await db
    .select()
    .from(messageEvents)
    .where(eq(messageEvents.messageId, id))
    .orderBy(desc(messageEvents.id))
    .limit(200);
  return { ...toRow(found), campaign: found.campaign, attempts, events };
}

/** Of one's own campaign, or, outside any campaign, written by oneself. */
function visibleMessages(user: SignedInUser): SQL | undefined {
  const own = ownedBy(user, campaigns.createdBy);
  if (!own) return isNull(campaigns.deletedAt);
  return sql`((${own} and ${campaigns.deletedAt} is null)
    or (${messages.campaignId} is null and ${messages.createdBy} = ${user.id}))`;
}

function selectMessages(db: Executor) {
  return db
    .select({
      message: messages,
      contact: {
        id: contacts.id,
        fullNumber: contacts.fullNumber,
        firstName: contacts.firstName,
        lastName: contacts.lastName,
        deletedAt: contacts.deletedAt,
      },
      campaign: {
        id: campaigns.id,
        name: campaigns.name,
        status: sql<CampaignStatus>`coalesce(${campaigns.status}, 'draft')`,
      },
    })
    .from(messages)
    .leftJoin(contacts, eq(contacts.id, messages.contactId))
    .leftJoin(campaigns, eq(campaigns.id, messages.campaignId));
}

type Found = Awaited<ReturnType<typeof selectMessages>>[number];

function toRow({ message, contact }: Found): MessageRow {
  const { toAddress } = message;
  return {
    id: message.id,
    type: message.messageType,
    status: message.status ?? "pending",
    contact: contact && shownContact(contact),
    toNumber: toAddress && (numberInAddress(toAddress) ?? toAddress),
    content: message.content,
    errorCode: message.errorCode,
    errorMessage: message.errorMessage,
    reason: message.reason,
    retryCount: message.retryCount ?? 0,
    nextAttemptAt: message.nextAttemptAt,
    sid: message.whatsappMessageId,
    createdAt: message.createdAt,
    sentAt: message.sentAt,
    deliveredAt: message.deliveredAt,
    readAt: message.readAt,
    failedAt: message.failedAt,
  };
}

function shownContact({ deletedAt, ...contact }: NonNullable<Found["contact"]>): MessageRow["contact"] {
  return { ...contact, deleted: deletedAt !== null };
}
