// Every hit of the webhook as it came, before anything is done with it (design.md 7).
import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, serial, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { HitKind, SignatureMatch, WebhookRefusal } from "#server/domain/signature-match.ts";
import { instant } from "./columns.ts";
import { contacts } from "./contacts.ts";

export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    receivedAt: instant("received_at").notNull().default(sql`clock_timestamp()`),
    kind: text("kind").$type<HitKind>().notNull(),
    verdict: text("verdict").$type<"accepted" | "refused">().notNull(),
    /** why it was refused */
    diagnosis: text("diagnosis").$type<WebhookRefusal>(),
    /** for which address, and with which token, the signature is right; null where that is the expected combination, or none */
    match: jsonb("match").$type<SignatureMatch>(),
    method: text("method").notNull().default("POST"),
    url: text("url").notNull(),
    ip: text("ip"),
    /** those that tell how it came here; null in rows of before */
    headers: jsonb("headers").$type<Record<string, string>>(),
    /** of what is refused no more than its beginning */
    rawBody: text("raw_body").notNull(),
    /** of the whole body; null in rows of before */
    bodyBytes: integer("body_bytes"),
    /** empty for what is refused */
    params: jsonb("params").$type<Record<string, string | string[]>>().notNull(),
    messageSid: text("message_sid"),
    attemptId: uuid("attempt_id"),
    /** how it came to us: Twilio's call, or our own look at the account (engine.md 8) */
    origin: text("origin").$type<"webhook" | "reconciled">().notNull().default("webhook"),
    appliedAt: instant("applied_at"),
    result: text("result"),
    tries: smallint("tries").notNull().default(0),
    nextTryAt: instant("next_try_at"),
    error: text("error"),
    /** of the call that brought it; null for what we found ourselves */
    requestId: text("request_id"),
  },
  (t) => [
    index("webhook_events_unapplied").on(t.id).where(sql`applied_at is null and verdict = 'accepted'`),
    index("webhook_events_message_sid").on(t.messageSid),
    index("webhook_events_refused").on(t.id).where(sql`verdict = 'refused'`),
    // statuses, by far the most, are found by walking back through all
    index("webhook_events_other_kinds").on(t.kind, t.id).where(sql`kind <> 'status'`),
  ],
);

export const unknownSenders = pgTable("unknown_senders", {
  id: serial("id").primaryKey(),
  /** the `From` as it came: `whatsapp:+33…`, or an address without a number (`whatsapp:FR.…`) */
  address: text("address").notNull().unique(),
  profileName: text("profile_name"),
  externalUserId: text("external_user_id"),
  firstSeenAt: instant("first_seen_at").notNull().default(sql`now()`),
  lastSeenAt: instant("last_seen_at").notNull().default(sql`now()`),
  contactId: integer("contact_id").references(() => contacts.id, { onDelete: "set null" }),
  /** when they last wrote STOP and no START since; once they are a contact, the contact's says it */
  optedOutAt: instant("opted_out_at"),
});

export const unknownSenderMessages = pgTable(
  "unknown_sender_messages",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    unknownSenderId: integer("unknown_sender_id")
      .notNull()
      .references(() => unknownSenders.id, { onDelete: "cascade" }),
    inboundSid: text("inbound_sid").notNull().unique(),
    content: text("content").notNull(),
    details: jsonb("details").$type<Record<string, unknown>>(),
    receivedAt: instant("received_at").notNull().default(sql`now()`),
  },
  (t) => [index("unknown_sender_messages_sender").on(t.unknownSenderId)],
);
