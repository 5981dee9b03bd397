// Who sends, when the next slot is, and which worker holds which lane (engine.md 2 and 5).
import { sql } from "drizzle-orm";
import {
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const senders = pgTable("senders", {
  id: serial("id").primaryKey(),
  /** `whatsapp:+14155238886` */
  address: text("address").notNull().unique(),
  nextSlotAt: instant("next_slot_at").notNull().default(sql`now()`),
  intervalMs: doublePrecision("interval_ms").notNull(),
  /** set: paused. Together with paused_until NULL: until an admin resumes. */
  pauseReason: text("pause_reason"),
  pauseCode: integer("pause_code"),
  pausedAt: instant("paused_at"),
  pausedUntil: instant("paused_until"),
  /** the campaign served last; the next one in turn goes first */
  lastCampaignId: integer("last_campaign_id").notNull().default(0),
  refusalStreak: smallint("refusal_streak").notNull().default(0),
  uncertainStreak: smallint("uncertain_streak").notNull().default(0),
  nextProbeAt: instant("next_probe_at"),
  inboundCheckedAt: instant("inbound_checked_at"),
});

export const senderLanes = pgTable(
  "sender_lanes",
  {
    senderId: integer("sender_id")
      .notNull()
      .references(() => senders.id, { onDelete: "cascade" }),
    number: smallint("number").notNull(),
    holder: uuid("holder"),
    workerId: uuid("worker_id"),
    heldUntil: instant("held_until").notNull().default(sql`'epoch'`),
  },
  (t) => [primaryKey({ columns: [t.senderId, t.number] })],
);

export const workers = pgTable("workers", {
  id: uuid("id").primaryKey(),
  startedAt: instant("started_at").notNull().default(sql`now()`),
  heartbeatAt: instant("heartbeat_at").notNull().default(sql`now()`),
  stoppedAt: instant("stopped_at"),
  hostname: text("hostname").notNull(),
  pid: integer("pid").notNull(),
  /** graphile-worker's pool ids of this process, for releasing its jobs when it dies */
  poolIds: text("pool_ids").array().notNull().default(sql`'{}'`),
});
