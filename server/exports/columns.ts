// What every export of messages says of them.
import { sql } from "drizzle-orm";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";

/** The number a message went, or will go, to; the contact's may have changed since. */
export const recipientNumber = sql<string>`coalesce(nullif(replace(${messages.toAddress}, 'whatsapp:', ''), ''),
  ${contacts.fullNumber}, '')`;

export const outcomeColumns = {
  status: sql<MessageStatus>`coalesce(${messages.status}, 'pending')`,
  errorCode: messages.errorCode,
  errorMessage: messages.errorMessage,
  reason: messages.reason,
  sentAt: messages.sentAt,
  deliveredAt: messages.deliveredAt,
  readAt: messages.readAt,
  failedAt: messages.failedAt,
};
