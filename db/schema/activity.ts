// What happened on each day, as the dashboard shows it, counted once; days of the display time zone. Owner 0: nobody's.
import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const dayActivity = pgTable(
  "day_activity",
  {
    day: date("day").notNull(),
    ownerId: integer("owner_id").notNull().default(0),
    /** `+33`: what a message costs depends on it */
    dialCode: text("dial_code").notNull(),
    accepted: integer("accepted").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    answers: integer("answers").notNull().default(0),
  },
  (t) => [primaryKey({ name: "day_activity_pk", columns: [t.day, t.ownerId, t.dialCode] })],
);

export const hourAnswers = pgTable(
  "hour_answers",
  {
    day: date("day").notNull(),
    ownerId: integer("owner_id").notNull().default(0),
    /** 0 to 23, on the admin's clock */
    hour: smallint("hour").notNull(),
    answers: integer("answers").notNull().default(0),
  },
  (t) => [primaryKey({ name: "hour_answers_pk", columns: [t.day, t.ownerId, t.hour] })],
);

/** Everything before this moment is in the two tables above. One row; none: nothing is counted yet. */
export const activityMark = pgTable(
  "activity_mark",
  { id: smallint("id").primaryKey().default(1), until: instant("until").notNull() },
  () => [check("activity_mark_one_check", sql`id = 1`)],
);

/** Kept by triggers of contacts; deleted ones count in neither. */
export const contactCounts = pgTable("contact_counts", {
  ownerId: integer("owner_id").primaryKey(),
  contacts: integer("contacts").notNull().default(0),
  /** neither opted out nor flagged */
  active: integer("active").notNull().default(0),
});
