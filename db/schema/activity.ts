// Closed days as the dashboard shows them, counted once; days of the display time zone. Owner 0: nobody's.
import { date, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

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

/** Days that are counted. */
export const rolledDays = pgTable("rolled_days", { day: date("day").primaryKey() });
