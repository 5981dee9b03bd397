import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { KeptLaunchOptions } from "#server/domain/launch-options.ts";
import type { TemplateVariables, VariableSource } from "#server/domain/template.ts";
import { instant, legacyTimes } from "./columns.ts";
import { categories } from "./contacts.ts";
import { users } from "./users.ts";

export const templates = pgTable("templates", {
  id: serial("id").primaryKey(),
  /** Twilio Content SID; NULL while TWILIO_DEFAULT_CONTENT_SID is not set ("à configurer"). */
  contentSid: text("content_sid").unique(),
  name: text("name").notNull(),
  body: text("body").notNull(),
  /** variable name → sample value */
  variables: jsonb("variables").$type<TemplateVariables>().notNull(),
  language: text("language"),
  source: text("source").$type<"default" | "sandbox" | "account">().notNull(),
  approvalStatus: text("approval_status"),
  isDefault: boolean("is_default").notNull().default(false),
  syncedAt: instant("synced_at"),
  /** set when a sync no longer finds it in the account */
  removedAt: instant("removed_at"),
});

export const campaigns = pgTable(
  "campaigns",
  {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 255 }).notNull(),
    message1: text("message_1").notNull(),
    message2: text("message_2"),
    templateName: varchar("template_name", { length: 100 }),
    status: varchar("status", { length: 50 }).$type<CampaignStatus>().default("draft"),
    totalRecipients: integer("total_recipients").default(0),
    sentCount: integer("sent_count").default(0),
    successCount: integer("success_count").default(0),
    failedCount: integer("failed_count").default(0),
    interactionCount: integer("interaction_count").default(0),
    createdBy: integer("created_by").references(() => users.id, { onDelete: "set null" }),
    ...legacyTimes,
    contentSid: text("content_sid"),
    contentVariables: jsonb("content_variables").$type<Record<string, VariableSource>>(),
    scheduledAt: instant("scheduled_at"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    deliveredCount: integer("delivered_count").notNull().default(0),
    readCount: integer("read_count").notNull().default(0),
    skippedCount: integer("skipped_count").notNull().default(0),
    cancelledCount: integer("cancelled_count").notNull().default(0),
    /** Message 2 made, and of those accepted, delivered, read, failed: each includes what went further */
    messageTwoCount: integer("message_two_count").notNull().default(0),
    messageTwoSentCount: integer("message_two_sent_count").notNull().default(0),
    messageTwoDeliveredCount: integer("message_two_delivered_count").notNull().default(0),
    messageTwoReadCount: integer("message_two_read_count").notNull().default(0),
    messageTwoFailedCount: integer("message_two_failed_count").notNull().default(0),
    /** why it is paused or failed, as a key the dashboard explains, and the Twilio code behind it */
    stopReason: text("stop_reason"),
    stopCode: integer("stop_code"),
    /** settled failures of one kind in a row (engine.md 7) */
    failureStreak: integer("failure_streak").notNull().default(0),
    failureStreakCode: integer("failure_streak_code"),
    /** whom its start leaves out, or not, and what it is a copy of; NULL: as a launch does by default */
    launchOptions: jsonb("launch_options").$type<KeptLaunchOptions>(),
    deletedAt: instant("deleted_at"),
    /** out of the list, and nothing else */
    archivedAt: instant("archived_at"),
    /** the request that scheduled it: its start is nobody's request */
    requestId: text("request_id"),
  },
  (t) => [
    index("idx_campaigns_created_by").on(t.createdBy),
    index("idx_campaigns_status").on(t.status),
    check(
      "campaigns_status_check",
      sql`status in ('draft', 'scheduled', 'sending', 'paused', 'completed', 'cancelled', 'failed')`,
    ),
  ],
);

export const campaignCategories = pgTable(
  "campaign_categories",
  {
    id: serial("id").primaryKey(),
    campaignId: integer("campaign_id").references(() => campaigns.id, { onDelete: "cascade" }),
    categoryId: integer("category_id").references(() => categories.id, { onDelete: "cascade" }),
  },
  (t) => [
    unique("campaign_categories_campaign_id_category_id_key").on(t.campaignId, t.categoryId),
    index("idx_campaign_categories_campaign").on(t.campaignId),
    index("idx_campaign_categories_category").on(t.categoryId),
  ],
);
