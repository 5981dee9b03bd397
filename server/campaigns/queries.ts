// Reading campaigns: what a user sees of them.
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Executor, Transaction } from "#db/client.ts";
import { campaignCategories, campaigns, templates } from "#db/schema/campaigns.ts";
import { categories } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { users } from "#db/schema/users.ts";
import type { CampaignDetail, CampaignRow } from "#server/campaigns/views.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import { type MessageStatus, type MessageType, messageStatuses } from "#server/domain/message-status.ts";
import { numberInAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";
import { saidInstead } from "#server/messages/failure-cause.ts";
import { currentSender } from "#server/senders/queries.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type OneCampaign = { user: SignedInUser; id: number };

/** As every query reads it: one the previous system left empty is a draft. */
export const campaignStatus = sql<CampaignStatus>`coalesce(${campaigns.status}, 'draft')`;

/** Columns the previous system left nullable count as their default. */
export const rowColumns = {
  id: campaigns.id,
  name: campaigns.name,
  status: campaignStatus,
  templateName: campaigns.templateName,
  totalRecipients: orZero(campaigns.totalRecipients),
  sentCount: orZero(campaigns.sentCount),
  deliveredCount: orZero(campaigns.deliveredCount),
  readCount: orZero(campaigns.readCount),
  successCount: orZero(campaigns.successCount),
  failedCount: orZero(campaigns.failedCount),
  skippedCount: campaigns.skippedCount,
  cancelledCount: campaigns.cancelledCount,
  interactionCount: orZero(campaigns.interactionCount),
  stopReason: campaigns.stopReason,
  stopCode: campaigns.stopCode,
  createdAt: campaigns.createdAt,
  scheduledAt: campaigns.scheduledAt,
  startedAt: campaigns.startedAt,
  finishedAt: campaigns.finishedAt,
  archivedAt: campaigns.archivedAt,
};

const runningAtMost = 6;

/** The user's campaigns that send or are paused, the sending ones first, then the newest; a few. */
export async function listRunning(db: Executor, { user }: { user: SignedInUser }): Promise<CampaignRow[]> {
  const found = await db
    .select(rowColumns)
    .from(campaigns)
    .where(
      and(
        inArray(campaigns.status, ["sending", "paused"]),
        isNull(campaigns.deletedAt),
        ownedBy(user, campaigns.createdBy),
      ),
    )
    .orderBy(desc(campaigns.status), desc(campaigns.id))
    .limit(runningAtMost);
  const byCampaign = await categoriesOf(
    db,
    found.map(({ id }) => id),
  );
  return found.map((row) => ({ ...row, categories: byCampaign.get(row.id) ?? [] }));
}

/** Everything the campaign's page shows but its messages. AppError `campaign.not_found`. */
export async function getCampaign(
  db: Executor,
  { user, id, env }: OneCampaign & { env: Env },
): Promise<CampaignDetail> {
  const [campaign] = await db
    .select({
      ...rowColumns,
      messageOne: campaigns.message1,
      messageTwo: campaigns.message2,
      contentSid: campaigns.contentSid,
      variables: campaigns.contentVariables,
      launchOptions: campaigns.launchOptions,
      isCopy: sql<boolean>`coalesce(${campaigns.launchOptions} ->> 'copyOf', '') <> ''`,
      ownerEmail: users.email,
    })
    .from(campaigns)
    .leftJoin(users, eq(users.id, campaigns.createdBy))
    .where(visible(user, id));
  if (!campaign) throw new AppError("campaign.not_found");
  const { contentSid, variables, ...shown } = campaign;
  return {
    ...shown,
    variables: variables ?? {},
    categories: (await categoriesOf(db, [id])).get(id) ?? [],
    template: await templateOf(db, { contentSid, name: shown.templateName }),
    sender: await currentSender(db, { env }),
    ...(await countsOf(db, id)),
    failures: await failuresOf(db, id),
    tests: await testsOf(db, id),
  };
}

/** That the user has this campaign, and its status. AppError `campaign.not_found`, for another's alike. */
export async function requireCampaign(
  db: Executor,
  { user, id }: OneCampaign,
): Promise<{ name: string; status: CampaignStatus }> {
  const [campaign] = await db
    .select({ name: campaigns.name, status: rowColumns.status })
    .from(campaigns)
    .where(visible(user, id));
  if (!campaign) throw new AppError("campaign.not_found");
  return campaign;
}

type LockedCampaign = Pick<typeof campaigns.$inferSelect, "name" | "contentVariables" | "message2"> & {
  status: CampaignStatus;
};

/** As `requireCampaign`, and nobody else changes the campaign until the transaction ends. */
export async function lockCampaign(tx: Transaction, { user, id }: OneCampaign): Promise<LockedCampaign> {
  const [campaign] = await tx
    .select({
      name: campaigns.name,
      status: rowColumns.status,
      contentVariables: campaigns.contentVariables,
      message2: campaigns.message2,
    })
    .from(campaigns)
    .where(visible(user, id))
    .for("update");
  if (!campaign) throw new AppError("campaign.not_found");
  return campaign;
}

/** Which of these campaigns the user sees. */
export async function ownCampaignIds(
  db: Executor,
  { user, ids }: { user: SignedInUser; ids: number[] },
): Promise<number[]> {
  const found = await db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(inArray(campaigns.id, ids), ownedBy(user, campaigns.createdBy)));
  return found.map(({ id }) => id);
}

function visible(user: SignedInUser, id: number): SQL | undefined {
  return and(eq(campaigns.id, id), isNull(campaigns.deletedAt), ownedBy(user, campaigns.createdBy));
}

function orZero(column: PgColumn): SQL<number> {
  return sql<number>`coalesce(${column}, 0)`;
}

/** The categories of each of these campaigns, by name. */
export async function categoriesOf(
  db: Executor,
  campaignIds: number[],
): Promise<Map<number, CampaignRow["categories"]>> {
  const links = await db
    .select({
      campaignId: campaignCategories.campaignId,
      id: categories.id,
      name: categories.name,
      color: categories.color,
    })
    .from(campaignCategories)
    .innerJoin(categories, eq(categories.id, campaignCategories.categoryId))
    .where(inArray(campaignCategories.campaignId, campaignIds))
    .orderBy(asc(categories.name), asc(categories.id));
  const byCampaign = new Map<number, CampaignRow["categories"]>();
  for (const { campaignId, ...category } of links) {
    if (campaignId === null) continue;
    byCampaign.set(campaignId, [...(byCampaign.get(campaignId) ?? []), category]);
  }
  return byCampaign;
}

/** By its SID; a draft of the default template has none while that is not configured. */
async function templateOf(
  db: Executor,
  { contentSid, name }: { contentSid: string | null; name: string | null },
): Promise<CampaignDetail["template"]> {
  const [template] = await db
    .select()
    .from(templates)
    .where(
      contentSid
        ? eq(templates.contentSid, contentSid)
        : and(isNull(templates.contentSid), eq(templates.name, name ?? "")),
    );
  if (!template) return null;
  const { id, body, variables, approvalStatus, removedAt } = template;
  const removed = removedAt !== null;
  return {
    id,
    contentSid: template.contentSid,
    name: template.name,
    body,
    variables,
    approvalStatus,
    removed,
  };
}

/**
 * From the counters, which follow the rows; only what is on its way at this moment is counted, and there is never much of
 * it. What waits is the rest of the recipients.
 */
async function countsOf(
  db: Executor,
  campaignId: number,
): Promise<Pick<CampaignDetail, "statusCounts" | "messageTwoCounts">> {
  const [counters] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (!counters) throw new AppError("campaign.not_found");
  const inFlight = await countByStatus(db, campaignId, "message_1", ["sending", "uncertain"]);
  const rest = await countByStatus(db, campaignId, "message_2", [
    "pending",
    "sending",
    "uncertain",
    "skipped",
    "cancelled",
  ]);
  const one = {
    ...noMessages,
    ...inFlight,
    ...accepted(counters.sentCount ?? 0, counters.deliveredCount, counters.readCount),
    failed: counters.failedCount ?? 0,
    skipped: counters.skippedCount,
    cancelled: counters.cancelledCount,
  };
  const known = Object.values(one).reduce((sum, count) => sum + count, 0);
  return {
    statusCounts: { ...one, pending: Math.max(0, (counters.totalRecipients ?? 0) - known) },
    messageTwoCounts: {
      ...noMessages,
      ...rest,
      ...accepted(
        counters.messageTwoSentCount,
        counters.messageTwoDeliveredCount,
        counters.messageTwoReadCount,
      ),
      failed: counters.messageTwoFailedCount,
    },
  };
}

const noMessages = Object.fromEntries(messageStatuses.map((status) => [status, 0])) as Record<
  MessageStatus,
  number
>;

/** Each counter includes what went further; a message has one status. */
const accepted = (sent: number, delivered: number, read: number) => ({
  sent: sent - delivered,
  delivered: delivered - read,
  read,
});

async function countByStatus(
  db: Executor,
  campaignId: number,
  type: MessageType,
  statuses: MessageStatus[],
): Promise<Partial<Record<MessageStatus, number>>> {
  const counted = await db
    .select({ status: messages.status, count: count() })
    .from(messages)
    .where(
      and(
        eq(messages.campaignId, campaignId),
        eq(messages.messageType, type),
        inArray(messages.status, statuses),
      ),
    )
    .groupBy(messages.status);
  return Object.fromEntries(counted.map((row) => [row.status, row.count]));
}

/** A campaign of the previous system may have a text of its own for each failure. */
const causesShown = 30;

async function failuresOf(db: Executor, campaignId: number): Promise<CampaignDetail["failures"]> {
  const failed = and(
    eq(messages.campaignId, campaignId),
    eq(messages.messageType, "message_1"),
    eq(messages.status, "failed"),
  );
  // read from an index alone
  const known = await db
    .select({ code: messages.errorCode, reason: messages.reason, count: count() })
    .from(messages)
    .where(and(failed, or(isNotNull(messages.errorCode), isNotNull(messages.reason))))
    .groupBy(messages.errorCode, messages.reason);
  const others = await db
    .select({ code: messages.errorCode, reason: saidInstead, count: count() })
    .from(messages)
    .where(and(failed, isNull(messages.errorCode), isNull(messages.reason)))
    .groupBy(messages.errorCode, saidInstead)
    .orderBy(desc(count()))
    .limit(causesShown);
  return [...known, ...others].toSorted((a, b) => b.count - a.count).slice(0, causesShown);
}

async function testsOf(db: Executor, campaignId: number): Promise<CampaignDetail["tests"]> {
  const found = await db
    .select({
      id: messages.id,
      toAddress: messages.toAddress,
      status: sql<MessageStatus>`coalesce(${messages.status}, 'pending')`,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      reason: messages.reason,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(and(eq(messages.campaignId, campaignId), eq(messages.messageType, "test")))
    .orderBy(desc(messages.id))
    .limit(3);
  return found.map(({ toAddress, ...test }) => ({
    ...test,
    toNumber: numberInAddress(toAddress ?? "") ?? "",
  }));
}
