// Reading messages: those of the user's campaigns, and one with its whole story.
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
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
  const shown = sql`${messages.messageType} is distinct from 'test'`;
  const list = campaignOrder(id, status);
  return turnPage(
    { after, before },
    {
      size: pageSize,
      read: async ({ from, backwards, limit }) => {
        const found = await selectMessages(db)
          .where(and(shown, list.between(from, backwards)))
          .orderBy(...list.columns.map((column) => (backwards ? desc : asc)(column)))
          .limit(limit);
        return found.map(toRow);
      },
      cursorOf: (row) => row.id,
    },
  );
}

/**
 * A campaign's messages, of one status when told, as an index of theirs has them. Compared as whole rows: were the campaign
 * a condition of its own, the planner could walk all messages by id until it met enough of this campaign's.
 */
export function campaignOrder(campaignId: number, status?: MessageStatus | null | undefined) {
  const columns = status
    ? [messages.campaignId, messages.status, messages.id]
    : [messages.campaignId, messages.id];
  const place = sql.join(columns, sql`, `);
  const at = (id: number) =>
    status ? sql`(${campaignId}::int, ${status}, ${id}::int)` : sql`(${campaignId}::int, ${id}::int)`;
  return {
    columns,
    /** those after an id, or before it; null: all */
    between: (id: number | null, backwards: boolean): SQL =>
      backwards
        ? sql`(${place}) < ${at(id ?? 2_147_483_647)} and (${place}) > ${at(0)}`
        : sql`(${place}) > ${at(id ?? 0)} and (${place}) <= ${at(2_147_483_647)}`,
  };
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
