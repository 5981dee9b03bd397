// The ledger: `messages` is the queue, `message_attempts` every request to Twilio, `message_events` what happened.
import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  smallint,
  text,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import type { MessageStatus, MessageType } from "#server/domain/message-status.ts";
import { campaigns } from "./campaigns.ts";
import { currentRequest, instant, legacyTime, legacyTimes } from "./columns.ts";
import { contacts } from "./contacts.ts";
import { senders } from "./senders.ts";
import { users } from "./users.ts";

/** Our own reason, or what was said where there is no code; as server/messages/failure-cause.ts has it. */
const failureReason = sql`(coalesce(reason, case when error_code is null then nullif(left(error_message, 200), '') end))`;

export const messages = pgTable(
  "messages",
  {
    id: serial("id").primaryKey(),
    campaignId: integer("campaign_id").references(() => campaigns.id, { onDelete: "cascade" }),
    contactId: integer("contact_id").references(() => contacts.id, { onDelete: "cascade" }),
    messageType: varchar("message_type", { length: 20 }).$type<MessageType>(),
    content: text("content").notNull(),
    status: varchar("status", { length: 50 }).$type<MessageStatus>().default("pending"),
    /** The SID of the attempt that Twilio accepted (criterion 6.5); older providers' ids in rows taken over. */
    whatsappMessageId: varchar("whatsapp_message_id", { length: 255 }),
    errorMessage: text("error_message"),
    retryCount: integer("retry_count").default(0),
    sentAt: legacyTime("sent_at"),
    deliveredAt: legacyTime("delivered_at"),
    readAt: legacyTime("read_at"),
    ...legacyTimes,
    senderId: integer("sender_id").references(() => senders.id),
    toAddress: text("to_address"),
    fromAddress: text("from_address"),
    contentSid: text("content_sid"),
    contentVariables: jsonb("content_variables").$type<Record<string, string>>(),
    /** `m1:<campaign>:<contact>` or `m2:<inbound SID>`: the constraint behind "at most once". */
    dedupeKey: text("dedupe_key").unique(),
    /** 0 answers, replies, tests; 1 retries; 2 bulk */
    priority: smallint("priority").notNull().default(2),
    /** NULL: never claimed by itself */
    nextAttemptAt: instant("next_attempt_at"),
    /** claims, for ever */
    attempt: integer("attempt").notNull().default(0),
    currentAttemptId: uuid("current_attempt_id"),
    errorCode: integer("error_code"),
    /** key of a reason of our own (opted_out, window_closed …); Twilio's reason is in error_code */
    reason: text("reason"),
    failedAt: instant("failed_at"),
    /** when Twilio is asked about it next (uncertain: the looks of engine.md 8; sent: the polls) */
    nextCheckAt: instant("next_check_at"),
    checkCount: smallint("check_count").notNull().default(0),
    createdBy: integer("created_by").references(() => users.id, { onDelete: "set null" }),
    /** the request that put it into the queue: the logs of its sending and of its callbacks name it */
    requestId: text("request_id").default(currentRequest),
  },
  (t) => [
    index("idx_messages_campaign_id").on(t.campaignId),
    index("idx_messages_contact_id").on(t.contactId),
    index("idx_messages_status").on(t.status),
    index("idx_messages_whatsapp_id").on(t.whatsappMessageId),
    index("messages_due")
      .on(t.senderId, sql`(coalesce(campaign_id, 0))`, t.priority, t.nextAttemptAt, t.id)
      .where(sql`status = 'pending' and next_attempt_at is not null`),
    index("messages_in_flight").on(t.toAddress).where(sql`status in ('sending', 'uncertain')`),
    index("messages_unsettled")
      .on(t.campaignId)
      .where(sql`message_type = 'message_1' and status in ('pending', 'sending', 'uncertain')`),
    index("messages_check_due").on(t.nextCheckAt).where(sql`next_check_at is not null`),
    index("messages_campaign_list").on(t.campaignId, t.id),
    index("messages_status_list").on(t.status, t.id),
    index("messages_campaign_status_list").on(t.campaignId, t.status, t.id),
    index("messages_message_two").on(t.campaignId, t.status).where(sql`message_type = 'message_2'`),
    index("messages_error_list").on(t.errorCode, t.id).where(sql`error_code is not null`),
    index("messages_failed_list").on(t.campaignId, t.errorCode, t.id).where(sql`status = 'failed'`),
    index("messages_failed_causes")
      .on(t.campaignId, t.errorCode, t.reason)
      .where(sql`status = 'failed' and message_type = 'message_1'`),
    index("messages_not_joined")
      .on(t.contactId)
      .where(sql`status = 'failed' and error_code = 63015 and message_type = 'message_1'`),
    index("messages_failed_otherwise")
      .on(t.campaignId)
      .where(sql`status = 'failed' and message_type = 'message_1' and error_code is null and reason is null`),
    index("messages_failed_reasons")
      .on(t.campaignId, failureReason, t.id)
      .where(sql`status = 'failed' and (error_code is null or reason is not null)`),
    index("messages_reason_list")
      .on(failureReason, t.id)
      .where(sql`status = 'failed' and (error_code is null or reason is not null)`),
    index("messages_tests").on(t.campaignId, t.id).where(sql`message_type = 'test'`),
    index("messages_failed_at").on(t.failedAt).where(sql`failed_at is not null`),
    check(
      "messages_status_check",
      sql`status in ('pending', 'sending', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'skipped', 'cancelled')`,
    ),
    check("messages_message_type_check", sql`message_type in ('message_1', 'message_2', 'test', 'reply')`),
  ],
);

export type AttemptOutcome =
  | "accepted"
  | "retryable"
  | "refused"
  | "account"
  | "uncertain"
  | "absent"
  | "given_back";

export const messageAttempts = pgTable(
  "message_attempts",
  {
    id: uuid("id").primaryKey().default(sql`gen_random_uuid()`),
    messageId: integer("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    workerId: uuid("worker_id"),
    slotAt: instant("slot_at").notNull(),
    claimedAt: instant("claimed_at").notNull(),
    requestedAt: instant("requested_at"),
    answeredAt: instant("answered_at"),
    sid: text("sid").unique(),
    outcome: text("outcome").$type<AttemptOutcome>(),
    httpStatus: integer("http_status"),
    errorCode: integer("error_code"),
    errorMessage: text("error_message"),
  },
  (t) => [
    unique("message_attempts_message_id_number_key").on(t.messageId, t.number),
    index("message_attempts_accepted").on(t.answeredAt).where(sql`sid is not null`),
    index("message_attempts_open").on(t.workerId).where(sql`outcome is null`),
  ],
);

export const messageEvents = pgTable(
  "message_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    messageId: integer("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    attemptId: uuid("attempt_id"),
    type: text("type").notNull(),
    fromStatus: text("from_status"),
    toStatus: text("to_status"),
    data: jsonb("data"),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index("message_events_message_id").on(t.messageId, t.id)],
);

export const interactions = pgTable(
  "interactions",
  {
    id: serial("id").primaryKey(),
    campaignId: integer("campaign_id").references(() => campaigns.id, { onDelete: "cascade" }),
    contactId: integer("contact_id").references(() => contacts.id, { onDelete: "cascade" }),
    messageId: integer("message_id").references(() => messages.id, { onDelete: "set null" }),
    interactionType: varchar("interaction_type", { length: 50 }).$type<
      "reply" | "reaction" | "read" | "delivered"
    >(),
    content: text("content"),
    whatsappMessageId: varchar("whatsapp_message_id", { length: 255 }),
    receivedAt: legacyTime("received_at").default(sql`CURRENT_TIMESTAMP`),
    /** Twilio's SID of the inbound message; unique, NULL in rows taken over (they repeat ids) */
    inboundSid: text("inbound_sid").unique(),
    /** fields of the webhook worth keeping: media, button, location, profile name */
    details: jsonb("details").$type<Record<string, unknown>>(),
    /** whether day_activity and hour_answers have it, whenever it came */
    counted: boolean("counted").notNull().default(false),
  },
  (t) => [
    index("idx_interactions_campaign_id").on(t.campaignId),
    index("idx_interactions_contact_id").on(t.contactId),
    index("idx_interactions_message_id").on(t.messageId),
    index("idx_interactions_type").on(t.interactionType),
    index("interactions_of_contact").on(t.contactId, t.campaignId, t.receivedAt),
    index("interactions_received").on(t.receivedAt),
    index("interactions_uncounted").on(t.receivedAt).where(sql`not counted and interaction_type = 'reply'`),
    check(
      "interactions_interaction_type_check",
      sql`interaction_type in ('reply', 'reaction', 'read', 'delivered')`,
    ),
  ],
);
