import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { currentRequest, instant } from "./columns.ts";
import { users } from "./users.ts";

export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: instant("at").notNull().default(sql`now()`),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
    ip: text("ip"),
    /** subject.verb, e.g. `campaign.launched` */
    action: text("action").notNull(),
    subjectId: text("subject_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    requestId: text("request_id").default(currentRequest),
  },
  (t) => [
    index("audit_log_at").on(t.at),
    index("audit_log_user").on(t.userId, t.id),
    index("audit_log_action").on(t.action, t.id),
    index("audit_log_subject").on(t.subjectId, t.id),
  ],
);

/** Settings an admin may change while everything runs (engine.md 9: limits of the automatic answer). */
export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull().default(sql`now()`),
});
