// What the places of a thread hold. Who may see them was asked before.
import { eq, inArray, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contactChanges } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { users } from "#db/schema/users.ts";
import { idArray } from "#server/contacts/choose-contacts.ts";
import { visibleMessage } from "#server/contacts/visible-history.ts";
import type { ThreadItem } from "#server/conversations/views.ts";
import { inboundContent } from "#server/domain/inbound-content.ts";
import { keywordOf } from "#server/domain/opt-out.ts";
import { numberInAddress } from "#server/domain/phone.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Item<Kind extends ThreadItem["kind"]> = Omit<Extract<ThreadItem, { kind: Kind }>, "at">;

export async function sentWithIds(db: Executor, ids: number[]): Promise<Item<"sent">[]> {
  if (ids.length === 0) return [];
  const found = await db
    .select({
      message: messages,
      campaign: {
        id: campaigns.id,
        name: campaigns.name,
        deleted: sql<boolean>`${campaigns.deletedAt} is not null`,
      },
      authorEmail: users.email,
    })
    .from(messages)
    .leftJoin(campaigns, eq(campaigns.id, messages.campaignId))
    .leftJoin(users, eq(users.id, messages.createdBy))
    .where(inArray(messages.id, ids));
  return found.map(({ message, campaign, authorEmail }) => ({
    kind: "sent",
    id: message.id,
    type: message.messageType,
    status: message.status ?? "pending",
    text: message.content,
    template: message.contentSid !== null,
    campaign: campaign?.id ? campaign : null,
    authorEmail: message.messageType === "reply" ? authorEmail : null,
    errorCode: message.errorCode,
    errorMessage: message.errorMessage,
    reason: message.reason,
    retryCount: message.retryCount ?? 0,
    nextAttemptAt: message.nextAttemptAt,
    toNumber: message.toAddress && numberInAddress(message.toAddress),
    sentAt: message.sentAt,
    deliveredAt: message.deliveredAt,
    readAt: message.readAt,
  }));
}

type ReceivedRow = {
  id: number;
  type: "reply" | "reaction";
  content: string | null;
  details: Record<string, unknown> | null;
  quoted: string | null;
};

export async function receivedWithIds(
  db: Executor,
  user: SignedInUser,
  contactId: number,
  ids: number[],
): Promise<Item<"received">[]> {
  if (ids.length === 0) return [];
  const rows = await queryRows<ReceivedRow>(
    db,
    sql`
    select i.id, i.interaction_type as type, i.content, i.details, (
      select m.content from message_attempts a join messages m on m.id = a.message_id
      left join campaigns k on k.id = m.campaign_id
      where a.sid = i.details ->> 'OriginalRepliedMessageSid' and m.contact_id = ${contactId}
        and ${visibleMessage(user, contactId)}) as quoted
    from interactions i where i.id = any (${idArray(ids)})`,
  );
  return rows.map(({ id, type, content, details, quoted }) => {
    const { repliedToSid: _, ...beside } = inboundContent(details);
    return {
      kind: "received",
      id,
      type,
      text: content ?? "",
      keyword: keywordOf(content ?? ""),
      quoted,
      ...beside,
    };
  });
}

export async function changesWithIds(db: Executor, ids: number[]): Promise<Item<"change">[]> {
  if (ids.length === 0) return [];
  const found = await db
    .select({
      id: contactChanges.id,
      action: contactChanges.action,
      after: contactChanges.after,
      userEmail: users.email,
    })
    .from(contactChanges)
    .leftJoin(users, eq(users.id, contactChanges.userId))
    .where(inArray(contactChanges.id, ids));
  return found.map(({ id, action, after, userEmail }) => ({
    kind: "change",
    id,
    action: action === "opted_in" ? "opted_in" : "opted_out",
    userEmail,
    reason: (after as { reason?: string } | null)?.reason ?? null,
  }));
}
